#ifndef BA_ENGINES_NODE_PROCESS_SETUP_ADDON_H
#define BA_ENGINES_NODE_PROCESS_SETUP_ADDON_H

namespace ba {

// Keeps the platform of the Node that loads the addon; to be called when it is loaded. False in a worker thread of that
// Node, whose end would not wait for ours.
bool AdoptOuterPlatform();

}  // namespace ba

#endif
