import { defineConfig } from "ba-extension/config";

export default defineConfig({
  bundleIdentifier: "com.example.guide",
  applicationGroupIdentifier: "group.com.example.guide",
  infoPlist: {
    app: {
      BAManifestURL: "https://assets.example.com/manifest.json",
      BAInitialDownloadRestrictions: {
        BADownloadAllowance: 100_000_000,
        BAEssentialDownloadAllowance: 0,
        BADownloadDomainAllowList: ["assets.example.com"],
      },
      BAMaxInstallSize: 100_000_000,
    },
  },
  // What `environment().locale` says in the simulated system, until a language change.
  simulate: { locale: "en-US" },
});
