import { defineConfig } from "ba-extension/config";

export default defineConfig({
  entry: "src/handler.ts",
  bundleIdentifier: "{{bundleIdentifier}}",
  applicationGroupIdentifier: "{{applicationGroupIdentifier}}",
  infoPlist: {
    app: {
      // The simulated system serves assets/ under this host, with a manifest of it at this path.
      BAManifestURL: "https://assets.example.com/manifest.json",
      BAInitialDownloadRestrictions: {
        BADownloadAllowance: 200_000_000,
        BAEssentialDownloadAllowance: 50_000_000,
        BADownloadDomainAllowList: ["assets.example.com"],
      },
      BAEssentialMaxInstallSize: 50_000_000,
      BAMaxInstallSize: 250_000_000,
    },
    // The handler reads these when the server asks for a password; see README.md.
    extension: {},
  },
});
