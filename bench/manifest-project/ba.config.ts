import { defineConfig } from "ba-extension/config";

export default defineConfig({
  bundleIdentifier: "com.example.bench",
  applicationGroupIdentifier: "group.com.example.bench",
  infoPlist: { app: { BAManifestURL: "https://assets.example.com/manifest.json" } },
});
