import { defineConfig } from "ba-extension/config";

export default defineConfig({
  bundleIdentifier: "com.example.conference",
  applicationGroupIdentifier: "group.com.example.conference",
  infoPlist: {
    app: {
      BAManifestURL: "https://assets.example.com/manifest.json",
      BAInitialDownloadRestrictions: {
        BADownloadAllowance: 200_000_000,
        BAEssentialDownloadAllowance: 50_000_000,
        BADownloadDomainAllowList: ["assets.example.com"],
      },
      BAEssentialMaxInstallSize: 50_000_000,
      BAMaxInstallSize: 250_000_000,
    },
  },
});
