import { defineConfig } from "ba-extension/config";

export default defineConfig({
  bundleIdentifier: "com.example.magazine",
  // Its shared defaults hold the state: UserDefaults(suiteName: "group.com.example.magazine") of the app.
  applicationGroupIdentifier: "group.com.example.magazine",
  infoPlist: {
    app: {
      BAManifestURL: "https://assets.example.com/manifest.json",
      BAInitialDownloadRestrictions: {
        BADownloadAllowance: 200_000_000,
        BAEssentialDownloadAllowance: 0,
        BADownloadDomainAllowList: ["assets.example.com"],
      },
      BAMaxInstallSize: 200_000_000,
    },
  },
});
