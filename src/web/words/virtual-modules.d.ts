/** Made by vite/traditional-words.ts, a TraditionalWords of traditional-converter.ts. */
declare module "virtual:traditional-words" {
  const words: {
    readonly characters: string;
    readonly phrases: Readonly<Record<string, string>>;
  };
  export default words;
}
