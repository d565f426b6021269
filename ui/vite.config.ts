import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  // Everything in files of its own: the window's policy allows nothing inline.
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: false },
  test: { environment: "happy-dom", include: ["src/**/*.test.ts"] },
});
