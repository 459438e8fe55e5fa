// error: non-Sendable type 'OSLogMessage'
import os

func later(_ message: OSLogMessage) -> @Sendable () -> Void { { _ = message } }
