/** What can be wrong with a service, a request to it, or the program itself. */
import type { ProblemWords } from "./problem-words.ts";

export const SERVICE_PROBLEMS = {
  PORT_IN_USE: {
    words: { zh: "端口已被占用", en: "The port is in use." },
    remedy: { zh: "用 --port 换一个端口", en: "Choose another with --port." },
    exit: 69,
    status: 503,
  },
  SERVER_UNREACHABLE: {
    words: { zh: "连接不上核验服务", en: "The verifier can't be reached." },
    remedy: {
      zh: "稍后重试：这与证照真伪无关；命令行请检查 --server 地址，不加 --server 可直接从链上核验",
      en: "Try again shortly: it says nothing about a certificate. With a command check --server; without it the chain is asked directly.",
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
  HTTP_MALFORMED: {
    words: { zh: "不是正确的 HTTP 请求", en: "That is no HTTP request that can be read." },
    remedy: {
      zh: "检查协议（https）、请求头与中间的代理",
      en: "Check the protocol (https), the headers and proxies on the way.",
    },
    exit: 65,
    status: 400,
  },
  HEADERS_TOO_LARGE: {
    words: {
      zh: "请求地址或请求头过长",
      en: "The request's address or its headers are too long.",
    },
    remedy: {
      zh: "证照与亮证内容放在请求内容（POST）里，不要放在地址里",
      en: "What is long, such as a presentation, goes into the body (POST), not into the address.",
    },
    exit: 65,
    status: 431,
  },
  REQUEST_TOO_SLOW: {
    words: { zh: "请求发送过慢", en: "The request did not arrive in time." },
    remedy: { zh: "检查网络后重试", en: "Check the network and send it again." },
    exit: 69,
    status: 408,
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
