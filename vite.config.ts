/** How the pages (src/web) are built: `./lz pages` writes them to dist/pages. */
import { join } from "node:path";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";
import { claimNames } from "./vite/claim-names.ts";
import { installable } from "./vite/installable.ts";
import { traditionalWords } from "./vite/traditional-words.ts";

/**
 * What several pages share is in few files: a phone on a slow network waits for each request longer than for the
 * bytes. What is only needed later, or by one page, is left out of them.
 */
const GROUPS = [
  { name: "frame", test: /node_modules\/@?vue|src\/web\/(?:words|settings)\//, priority: 3 },
  {
    name: "core",
    test: /src\/core\/(?:[^/]*$|batch|certificate|encoding|identifiers|presentation|problems)|\/idb\//,
    priority: 2,
  },
  {
    name: "judging",
    test: /src\/(?:core\/(?:ledger|trust-pack|uses|verify)|web\/judging)\//,
    priority: 1,
  },
];

export default defineConfig({
  // Absolute: ./lz may be called from any folder.
  root: join(import.meta.dirname, "src", "web"),
  base: "/",
  plugins: [vue(), traditionalWords(), claimNames(), installable()],
  // Options that no component uses; and nothing is compiled in the page.
  define: { __VUE_OPTIONS_API__: false, __VUE_PROD_DEVTOOLS__: false },
  build: {
    outDir: "../../dist/pages",
    emptyOutDir: true,
    target: "es2022",
    // Nothing is inlined: the Content-Security-Policy would not let it run.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // One file of styles: each of many small ones would be a request before anything is drawn.
    cssCodeSplit: false,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      output: { codeSplitting: { groups: GROUPS } },
    },
  },
  worker: { format: "es" },
});
