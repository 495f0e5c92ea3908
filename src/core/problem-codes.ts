/**
 * Everything that can go wrong besides a certificate itself: stable codes with words, a remedy, the exit
 * code of a command (sysexits.h) and the status of an HTTP answer (RFC 9110).
 */
import type { CodeWords } from "./words.ts";

export type ExitCode = 64 | 65 | 69 | 70;

export interface ProblemWords extends CodeWords {
  readonly exit: ExitCode;
  readonly status: number;
}

const checkConnection = {
  zh: "检查 --rpc 地址、节点是否运行以及网络，然后重试",
  en: "Check the --rpc address, that the node runs, and the network; then try again.",
};
const correctInput = {
  zh: "按提示位置改正后重试，未提交任何内容",
  en: "Correct it at the place named and try again; nothing was submitted.",
};
const seeHelp = {
  zh: "用 --help 查看用法",
  en: "See --help for the usage.",
};

export const PROBLEMS = {
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
      zh: "改正所示条目，或删除该文件后重新运行 lz deploy",
      en: "Mend the member named, or delete the file and run lz deploy again.",
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
    words: { zh: "找不到文件", en: "There is no such file." },
    remedy: { zh: "检查路径", en: "Check the path." },
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
  DISK_FAILED: {
    words: { zh: "无法读写磁盘", en: "The disk could not be read or written." },
    remedy: {
      zh: "检查磁盘空间和权限，然后重新运行同一命令",
      en: "Check space and permissions, then run the same command again.",
    },
    exit: 70,
    status: 500,
  },
  SOURCE_ENCODING: {
    words: { zh: "文件不是 UTF-8 编码", en: "The file is not UTF-8." },
    remedy: { zh: "另存为 UTF-8 后重试", en: "Save it as UTF-8 and try again." },
    exit: 65,
    status: 400,
  },
  SOURCE_MALFORMED: {
    words: { zh: "表格格式不正确", en: "The table can't be read." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  SOURCE_EMPTY: {
    words: { zh: "表格没有数据行", en: "The table holds no record." },
    remedy: { zh: "检查导出是否完整", en: "Check that the export is complete." },
    exit: 65,
    status: 400,
  },
  COLUMN_MISSING: {
    words: { zh: "缺少必需的列", en: "A required column is missing." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  COLUMN_UNKNOWN: {
    words: { zh: "有不认识的列", en: "A column is not one of this certificate type." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  COLUMN_DOUBLED: {
    words: { zh: "列名重复", en: "A column is there twice." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  RECORDS_INVALID: {
    words: {
      zh: "有记录不合格，未签发任何证照",
      en: "Some records are not valid; nothing was issued.",
    },
    remedy: {
      zh: "按错误文件逐行改正，或用 --skip-invalid 只签发合格记录",
      en: "Correct them as the error file says, or issue the good ones with --skip-invalid.",
    },
    exit: 65,
    status: 400,
  },
  TYPE_UNKNOWN: {
    words: { zh: "目录中没有该证照类型", en: "The catalogue has no such certificate type." },
    remedy: {
      zh: "用 lz sample --list 查看可用的类型代码",
      en: "lz sample --list shows the types there are.",
    },
    exit: 65,
    status: 404,
  },
  CATALOGUE_INVALID: {
    words: { zh: "目录文件不正确", en: "A file of the catalogue is not valid." },
    remedy: correctInput,
    exit: 65,
    status: 500,
  },
  SCHEMA_MISMATCH: {
    words: {
      zh: "目录文件与链上登记的不一致",
      en: "The catalogue's file differs from what is published.",
    },
    remedy: {
      zh: "取得已发布版本的目录文件，或由主管机关发布新版本",
      en: "Use the published version, or have its authority publish a new one.",
    },
    exit: 65,
    status: 500,
  },
  AGENCY_UNKNOWN: {
    words: { zh: "没有该发证机关", en: "There is no such agency." },
    remedy: {
      zh: "检查代码；新机关由主管部门先行登记",
      en: "Check the code; a new agency is registered by its authority first.",
    },
    exit: 65,
    status: 404,
  },
  IDENTIFIER_INVALID: {
    words: { zh: "代码不正确", en: "The code is not valid." },
    remedy: correctInput,
    exit: 65,
    status: 400,
  },
  FOLDER_NOT_EMPTY: {
    words: { zh: "输出文件夹里有其他内容", en: "The folder for the output holds something else." },
    remedy: { zh: "换一个空文件夹", en: "Choose an empty folder; nothing was overwritten." },
    exit: 65,
    status: 500,
  },
  JOB_MISMATCH: {
    words: {
      zh: "该文件夹属于另一次签发",
      en: "The folder holds the batch of another job: other input, type, agency or chain.",
    },
    remedy: {
      zh: "换一个文件夹，或用原来的输入重新运行",
      en: "Choose another folder, or rerun with the same input.",
    },
    exit: 65,
    status: 500,
  },
  BATCH_DAMAGED: {
    words: { zh: "批次文件夹不完整或已损坏", en: "The batch folder is incomplete or damaged." },
    remedy: { zh: "从备份恢复，或重新运行 lz issue", en: "Restore it, or run lz issue again." },
    exit: 65,
    status: 500,
  },
  CERTIFICATE_NOT_FOUND: {
    words: { zh: "批次中没有该证照", en: "The batch holds no such certificate." },
    remedy: { zh: "检查序号或证照编号", en: "Check the index or the certificate number." },
    exit: 65,
    status: 404,
  },
  CLAIM_UNKNOWN: {
    words: { zh: "证照没有该项信息", en: "The certificate has no such claim." },
    remedy: { zh: "从列出的名称中选择", en: "Choose from the names listed." },
    exit: 65,
    status: 400,
  },
  CERTIFICATE_UNREADABLE: {
    words: { zh: "证照文件无法识别", en: "The certificate file can't be read." },
    remedy: { zh: "从发证机关重新领取", en: "Fetch it anew from the agency." },
    exit: 65,
    status: 400,
  },
  QR_NOT_FOUND: {
    words: { zh: "图片中没有可识别的二维码", en: "No QR code can be read in the picture." },
    remedy: {
      zh: "换一张更清晰、完整的图片",
      en: "Use a sharper picture that shows the whole code.",
    },
    exit: 65,
    status: 400,
  },
  QR_TOO_LONG: {
    words: { zh: "内容太多，一个二维码放不下", en: "It is too long for one QR code." },
    remedy: {
      zh: "少选几项信息，或改用证照文件",
      en: "Disclose fewer claims, or hand over the file.",
    },
    exit: 65,
    status: 400,
  },
  RPC_UNREACHABLE: {
    words: { zh: "连接不上区块链节点", en: "The chain's node can't be reached." },
    remedy: checkConnection,
    exit: 69,
    status: 503,
  },
  RPC_TIMEOUT: {
    words: { zh: "区块链节点没有及时答复", en: "The chain's node did not answer in time." },
    remedy: checkConnection,
    exit: 69,
    status: 503,
  },
  RPC_FAULT: {
    words: { zh: "区块链节点答复错误", en: "The chain's node answered with an error." },
    remedy: checkConnection,
    exit: 69,
    status: 503,
  },
  WRONG_CHAIN: {
    words: { zh: "节点属于另一条链", en: "The node is on another chain." },
    remedy: {
      zh: "确认 --rpc 指向登记的链；本地链重启后请重新运行 lz deploy",
      en: "Point --rpc at the chain configured; after a local chain was restarted, run lz deploy again.",
    },
    exit: 69,
    status: 503,
  },
  DIRECTORY_NOT_FOUND: {
    words: { zh: "该地址上没有目录合约", en: "There is no directory contract at that address." },
    remedy: {
      zh: "检查 --directory；本地链重启后请重新运行 lz deploy",
      en: "Check --directory; after a local chain was restarted, run lz deploy again.",
    },
    exit: 69,
    status: 503,
  },
  CHAIN_INCONSISTENT: {
    words: {
      zh: "节点给出的历史有缺失或不一致",
      en: "The node's history has a gap or contradicts itself.",
    },
    remedy: {
      zh: "换一个可信节点；用 lz audit 查明位置",
      en: "Use another node that you trust; lz audit names the place.",
    },
    exit: 69,
    status: 503,
  },
  CONTRACT_REFUSED: {
    words: { zh: "合约拒绝了该操作", en: "The contract refused." },
    remedy: {
      zh: "查看所示原因，例如密钥无权、证照类型未授权或状态不可变更",
      en: "See the reason named: the key may not do this, the type is not granted, or the change is not legal.",
    },
    exit: 65,
    status: 409,
  },
  INSUFFICIENT_FUNDS: {
    words: { zh: "账户余额不足以支付手续费", en: "The account can't pay the chain's fee." },
    remedy: {
      zh: "为该账户充值，或在 lz agency add 时使用 --fund",
      en: "Fund the account, or use --fund with lz agency add.",
    },
    exit: 69,
    status: 503,
  },
  NOT_CONFIRMED: {
    words: { zh: "交易已发出但尚未确认", en: "The transaction was sent but is not confirmed yet." },
    remedy: {
      zh: "稍后重新运行同一命令，不会重复上链",
      en: "Run the same command again later; it will not anchor twice.",
    },
    exit: 69,
    status: 503,
  },
  PORT_IN_USE: {
    words: { zh: "端口已被占用", en: "The port is in use." },
    remedy: { zh: "用 --port 换一个端口", en: "Choose another with --port." },
    exit: 69,
    status: 503,
  },
  SERVER_UNREACHABLE: {
    words: { zh: "连接不上核验服务", en: "The verifier can't be reached." },
    remedy: {
      zh: "检查 --server 地址；不加 --server 可直接从链上核验",
      en: "Check --server; without it the chain is asked directly.",
    },
    exit: 69,
    status: 503,
  },
  SERVER_FAULT: {
    words: { zh: "核验服务答复错误", en: "The verifier answered with an error." },
    remedy: { zh: "稍后重试，或联系其运行方", en: "Try again later, or tell whoever runs it." },
    exit: 69,
    status: 502,
  },
  NOT_READY: {
    words: { zh: "服务尚未就绪", en: "The service has not read the chain yet." },
    remedy: { zh: "稍后重试", en: "Try again shortly." },
    exit: 69,
    status: 503,
  },
  BODY_MALFORMED: {
    words: { zh: "请求内容不正确", en: "The request's body is not as described." },
    remedy: { zh: "按 /openapi.json 改正", en: "Correct it as /openapi.json says." },
    exit: 65,
    status: 400,
  },
  PARAMETER_INVALID: {
    words: { zh: "请求参数不正确", en: "A parameter of the request is not as described." },
    remedy: { zh: "按 /openapi.json 改正", en: "Correct it as /openapi.json says." },
    exit: 65,
    status: 400,
  },
  BODY_TOO_LARGE: {
    words: { zh: "请求内容过大", en: "The request's body is too large." },
    remedy: { zh: "每次只提交一份证照", en: "Send one certificate at a time." },
    exit: 65,
    status: 413,
  },
  MEDIA_TYPE: {
    words: { zh: "请求内容类型不支持", en: "The request's body is not JSON." },
    remedy: {
      zh: "使用 Content-Type: application/json",
      en: "Use Content-Type: application/json.",
    },
    exit: 65,
    status: 415,
  },
  NOT_FOUND: {
    words: { zh: "没有该资源", en: "There is nothing at that address." },
    remedy: { zh: "查看 /openapi.json", en: "See /openapi.json." },
    exit: 65,
    status: 404,
  },
  METHOD_NOT_ALLOWED: {
    words: { zh: "不支持该请求方法", en: "That method is not allowed here." },
    remedy: { zh: "查看 /openapi.json", en: "See /openapi.json." },
    exit: 65,
    status: 405,
  },
  INTERNAL: {
    words: { zh: "程序内部错误", en: "Something went wrong inside." },
    remedy: {
      zh: "重新运行；仍出现时请附上命令与版本报告",
      en: "Run it again; if it persists, report it with the command and version.",
    },
    exit: 70,
    status: 500,
  },
} as const satisfies Record<string, ProblemWords>;

export type ProblemCode = keyof typeof PROBLEMS;
