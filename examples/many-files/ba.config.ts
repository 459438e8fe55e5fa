import { defineConfig } from "ba-extension/config";

export default defineConfig({
  bundleIdentifier: "com.example.atlas",
  applicationGroupIdentifier: "group.com.example.atlas",
  infoPlist: {
    app: {
      // The simulated system makes it of the files in assets/: path, url, size and sha256 of each.
      BAManifestURL: "https://assets.example.com/manifest.json",
      BAInitialDownloadRestrictions: {
        BADownloadAllowance: 500_000_000,
        BAEssentialDownloadAllowance: 0,
        BADownloadDomainAllowList: ["assets.example.com"],
      },
      BAMaxInstallSize: 500_000_000,
    },
  },
});
