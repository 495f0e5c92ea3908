/** What can be wrong with passwords of keys, and with the services that sign and wrap with keys of their own. */
import type { ProblemWords } from "./problem-words.ts";

export const KEY_PROBLEMS = {
  KEY_PASSWORD_WRONG: {
    words: { zh: "密钥文件的口令不正确", en: "That is not the key file's password." },
    remedy: {
      zh: "检查口令文件；口令不会出现在任何提示中",
      en: "Check the password file; a password is never shown in a message.",
    },
    exit: 65,
    status: 500,
  },
  KEY_PASSWORD_MISSING: {
    words: { zh: "需要密钥文件的口令", en: "The key file's password is needed." },
    remedy: {
      zh: "在终端上运行以便输入口令，或用 LZ_KEY_PASSWORD_FILE 指定口令文件",
      en: "Run it on a terminal, which asks for it, or name a file with it in LZ_KEY_PASSWORD_FILE.",
    },
    exit: 64,
    status: 500,
  },
  KEY_PASSWORD_UNFIT: {
    words: { zh: "新口令不可用", en: "The new password will not do." },
    remedy: {
      zh: "至少 12 个字符，两次输入须一致",
      en: "Take 12 characters or more, and type it the same way twice.",
    },
    exit: 65,
    status: 500,
  },
  SIGNER_UNREACHABLE: {
    words: {
      zh: "签名服务或签名程序没有应答",
      en: "The signing service or program did not answer.",
    },
    remedy: {
      zh: "检查密钥文件中的地址或程序、证书以及网络，然后重新运行同一命令；未发送任何交易",
      en: "Check the address or program in the key's file, certificates and the network; then run the same command again. Nothing was sent.",
    },
    exit: 69,
    status: 503,
  },
  SIGNER_REFUSED: {
    words: {
      zh: "签名服务拒绝签名，或签出的不是所要求的交易",
      en: "The signing service refused, or signed something other than it was asked to.",
    },
    remedy: {
      zh: "检查签名服务的账号和规则；未发送任何交易",
      en: "Check the account and rules of the signing service; nothing was sent.",
    },
    exit: 65,
    status: 500,
  },
  KEY_SERVICE_UNREACHABLE: {
    words: { zh: "连接不上密钥服务", en: "The key service can't be reached." },
    remedy: {
      zh: "检查 LZ_STORE_KEY、证书、网络，以及密钥服务是否已解封，然后重新运行同一命令",
      en: "Check LZ_STORE_KEY, certificates, the network, and that the service is unsealed; then run the same command again.",
    },
    exit: 69,
    status: 503,
  },
  KEY_SERVICE_REFUSED: {
    words: {
      zh: "密钥服务拒绝加密或解密数据密钥，或应答不正确",
      en: "The key service refused to wrap or unwrap a data key, or answered nonsense.",
    },
    remedy: {
      zh: "检查令牌及其权限（encrypt、decrypt）和密钥名称",
      en: "Check its token, what that may do (encrypt, decrypt), and the key's name.",
    },
    exit: 65,
    status: 500,
  },
} as const satisfies Record<string, ProblemWords>;
