/** The form of a problem, and the remedies that several share. */
import type { CodeWords } from "../words.ts";

export type ExitCode = 64 | 65 | 69 | 70;

export interface ProblemWords extends CodeWords {
  readonly exit: ExitCode;
  readonly status: number;
}

export const checkConnection = {
  zh: "检查 --rpc 地址、节点是否运行以及网络，然后重试",
  en: "Check the --rpc address, that the node runs, and the network; then try again.",
};
export const correctInput = {
  zh: "按提示位置改正后重试，未提交任何内容",
  en: "Correct it at the place named and try again; nothing was submitted.",
};
export const seeHelp = {
  zh: "用 --help 查看用法",
  en: "See --help for the usage.",
};
