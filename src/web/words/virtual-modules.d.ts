/** Made by vite/traditional-words.ts, a TraditionalWords of traditional-converter.ts. */
declare module "virtual:traditional-words" {
  const words: {
    readonly characters: string;
    readonly phrases: Readonly<Record<string, string>>;
  };
  export default words;
}

/** Made by vite/claim-names.ts: names of claims in words, by the code of their type. */
declare module "virtual:claim-names" {
  const names: Readonly<
    Record<string, Readonly<Record<string, { readonly zh: string; readonly en: string }>>>
  >;
  export default names;
}
