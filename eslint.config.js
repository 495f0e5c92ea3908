import vue from "eslint-plugin-vue";
import tseslint from "typescript-eslint";
import vueParser from "vue-eslint-parser";

const ENVIRONMENT = {
  object: "process",
  property: "env",
  message: "Only src/config.ts reads the environment.",
};

/** What the core must not reach for: it runs in a browser, and its answers depend on its arguments alone. */
const EFFECTS = [
  "process",
  "Buffer",
  "setTimeout",
  "setInterval",
  "fetch",
  "crypto",
  "performance",
];

export default tseslint.config(
  {
    ignores: [
      ...["artifacts", "cache", "coverage", "dist", ".toolchain", "node_modules"],
      // AssemblyScript, which its own compiler checks.
      "src/adapters/hashing/kernel",
      // Made from the OpenAPI document; and what the client is compiled to.
      ...["clients/javascript/src/api.ts", "clients/javascript/dist"],
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      // The compiler lets nobody declare an enum (erasableSyntaxOnly), and to look for some takes a fifth of the time.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // It would have `x!` for `x as T`, which the rule above forbids.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { varsIgnorePattern: "^_", argsIgnorePattern: "^_" },
      ],
      "no-restricted-properties": ["error", ENVIRONMENT],
      "no-console": "error",
      eqeqeq: "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 5],
      complexity: ["error", 15],
    },
  },
  {
    files: ["src/core/**"],
    rules: {
      "no-restricted-globals": ["error", ...EFFECTS],
      "no-restricted-properties": [
        "error",
        ENVIRONMENT,
        {
          object: "Date",
          property: "now",
          message: "The core has no clock: take the time as an argument.",
        },
        { object: "Math", property: "random", message: "The core has no randomness." },
      ],
    },
  },
  // Formatting is left to prettier.
  ...vue.configs["flat/essential"].map((config) => ({ ...config, files: ["**/*.vue"] })),
  {
    files: ["**/*.vue"],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        extraFileExtensions: [".vue"],
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "vue/no-v-html": "error",
      "vue/multi-word-component-names": ["error", { ignores: ["app"] }],
      "vue/component-name-in-template-casing": ["error", "PascalCase"],
      "vue/block-lang": ["error", { script: { lang: "ts" } }],
      // Templates are typed by vue-tsc.
      "no-undef": "off",
    },
  },
  { files: ["src/config.ts"], rules: { "no-restricted-properties": "off" } },
  {
    files: ["test/**", "scripts/**"],
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "off",
      // What comes over the wire is asserted on, not typed.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-explicit-any": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-misused-promises": "off",
      "@typescript-eslint/prefer-promise-reject-errors": "off",
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/unbound-method": "off",
      "max-lines-per-function": "off",
      "max-lines": "off",
      "max-params": "off",
      "no-restricted-properties": "off",
    },
  },
  // A fake of an asynchronous port, or of a hook, has nothing to wait for.
  { files: ["test/**", "*.config.ts"], rules: { "@typescript-eslint/require-await": "off" } },
  { files: ["**/*.js", "**/*.mjs", "**/*.cjs"], extends: [tseslint.configs.disableTypeChecked] },
);
