/** What can be wrong with a command, its configuration, keys and files. */
import { seeHelp } from "./problem-words.ts";
import type { ProblemWords } from "./problem-words.ts";

export const COMMAND_PROBLEMS = {
  USAGE: {
    words: { zh: "命令用法不正确", en: "The command was not given correctly." },
    remedy: seeHelp,
    exit: 64,
    status: 400,
  },
  NOT_CONFIGURED: {
    words: { zh: "尚未配置链地址或目录合约", en: "No chain or directory is configured." },
    remedy: {
      zh: "先运行 lz deploy，或用 --rpc 与 --directory 指定",
      en: "Run lz deploy first, or name them with --rpc and --directory.",
    },
    exit: 64,
    status: 500,
  },
  CONFIGURATION_INVALID: {
    words: { zh: "配置文件无效", en: "The configuration is not valid." },
    remedy: {
      zh: "改正所示条目",
      en: "Mend it at the place named.",
    },
    exit: 64,
    status: 500,
  },
  KEY_NOT_FOUND: {
    words: { zh: "找不到密钥文件", en: "There is no such key file." },
    remedy: {
      zh: "用 --key 指定密钥文件；经办密钥由 lz agency add 生成",
      en: "Name one with --key; lz agency add makes an operator's key.",
    },
    exit: 64,
    status: 500,
  },
  KEY_MALFORMED: {
    words: {
      zh: "密钥文件内容不正确",
      en: "The key file does not hold a key of the kind expected.",
    },
    remedy: {
      zh: "检查是否指定了正确的文件",
      en: "Check that it is the right file; keys are never shown in messages.",
    },
    exit: 65,
    status: 500,
  },
  FILE_NOT_FOUND: {
    words: {
      zh: "找不到文件，或无权读取",
      en: "There is no such file, or it may not be read.",
    },
    remedy: {
      zh: "检查路径和读取权限；文件夹不能当文件用",
      en: "Check the path and that you may read it; a folder won't do.",
    },
    exit: 65,
    status: 500,
  },
  FILE_EXISTS: {
    words: { zh: "文件已存在", en: "The file is there already." },
    remedy: { zh: "换一个文件名", en: "Choose another name; nothing was overwritten." },
    exit: 65,
    status: 500,
  },
  FILE_TOO_LARGE: {
    words: { zh: "文件过大", en: "The file is larger than anything expected here." },
    remedy: { zh: "检查是否选对了文件", en: "Check that it is the right file." },
    exit: 65,
    status: 413,
  },
  FOLDER_NOT_MADE: {
    words: { zh: "不能在此处建立文件夹", en: "A folder can't be made there." },
    remedy: {
      zh: "在 LZ_HOME 或命令中改写一个可写的文件夹，或修改其权限，然后重新运行",
      en: "Name a folder that can be written to, in LZ_HOME or in the command, or change its permissions, then run it again.",
    },
    exit: 70,
    status: 500,
  },
  DISK_FAILED: {
    words: { zh: "无法读写磁盘", en: "The disk could not be read or written." },
    remedy: {
      zh: "检查磁盘空间和权限，然后重新运行同一命令",
      en: "Check space and permissions, then run the same command again.",
    },
    exit: 70,
    status: 500,
  },
} as const satisfies Record<string, ProblemWords>;
