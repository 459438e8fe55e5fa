import Testing

/// Tests of what a process has one of: the device, the principal, the system behind the manager. One at a time.
@Suite(.serialized) struct OneProcess {}
