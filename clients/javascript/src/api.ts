/**
 * The service's API, made from its OpenAPI document: `node test/support/write-client-types.ts`. A test fails
 * when this is not what that makes.
 */
export type ClaimValue =
  | string
  | number
  | boolean
  | null
  | readonly ClaimValue[]
  | {
      readonly [name: string]: ClaimValue;
    };
export interface paths {
  "/v1/verifications": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 核验一份证照
     * @description Verifies one presentation or certificate file. A signed presentation is accepted once: the second time its verdict is rejected with REPLAYED. Anyone may ask and is told verdict, type, agency and validity. A counter with a credential asks as itself, says what for (`useCause`) and is told the claims that its service item has a right to, others masked; every verification leaves a record, and the counter gets its receipt.
     */
    post: operations["createVerification"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/verifications/batch": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 批量核验
     * @description Verifies up to 100 certificates, for back offices. Each item is as the body of `POST /v1/verifications` and ends in an answer or a problem of its own, in the order of the items. Only one that is not as described spoils the others: it is refused with its place, and nothing is done.
     */
    post: operations["createVerificationBatch"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/presentation-requests": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 按请求码查询亮证请求
     * @description The request that a clerk's six digits name: who asks, why, and what for. Never the answer.
     */
    get: operations["findPresentationRequest"];
    put?: never;
    /**
     * 发起亮证请求
     * @description Asks a holder to show a certificate, be it to a camera or from afar. What may be asked for is bounded by the service item. The holder scans `text` or enters `code`; once `state` is `answered`, verify it with `POST /v1/verifications {presentationRequest}` within two minutes.
     */
    post: operations["createPresentationRequest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/presentation-requests/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 查询亮证请求
     * @description Who asks, why, and what for, and whether it was answered. Never the answer.
     */
    get: operations["showPresentationRequest"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/presentation-requests/{id}/presentation": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 答复亮证请求
     * @description Shows a certificate to the counter that asked, once. The presentation names the request's audience and nonce and discloses the claims asked for. One that does not fit is refused with the reason, and the request stays open; whether the certificate is still in force the counter sees.
     */
    post: operations["answerPresentationRequest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/references": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 生成亮证引用码
     * @description Keeps a presentation, sealed, for two minutes at most, and gives a short code that refers to it. Whoever scans the code takes it, once.
     */
    post: operations["createReference"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/references/taking": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 取用亮证引用码的内容
     * @description The presentation that a code refers to, for the service that verifies it: once. The token is in the body so that it is in nobody's log. Who names itself by `taker` may take it again, should the first answer be lost.
     */
    post: operations["takeReferred"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/service-items": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 事项列表
     * @description The service items of this service: which certificates a matter may ask for, which of their claims, and why it usually does. So a holder can see what a counter has a right to.
     */
    get: operations["listServiceItems"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/receipts/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 领取核验回执
     * @description The receipt of one verification, signed: for the client that verified, and for auditors. Later it can be judged again on the chain as it was then.
     */
    get: operations["showReceipt"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/uses": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 用证记录列表
     * @description An auditor lists all uses or one client's; every other client its own alone. Newest first.
     */
    get: operations["listUses"];
    put?: never;
    /**
     * 补报离线核验
     * @description Puts into the log of uses what a counter verified on a trust pack, without a network, each as mode `offline` with the time it was verified at. It may be told any number of times: a use that is there already is answered with the receipt it has. One that can't be refuses the whole call, with nothing kept.
     */
    post: operations["keepOfflineUses"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/client": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 本调用方
     * @description The client that the credential belongs to, so that a counter need not be told its own name: its region and its name are what presentations are judged for.
     */
    get: operations["showOwnClient"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/uses/query": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * 持证人查询用证记录
     * @description The holder proves that it is their certificate, with a fresh signed presentation for the audience `uses@HOST`, and is told who verified it here, when, for what, and which claims were told. No credential is needed. The presentation may ask for page after page until it runs out.
     */
    post: operations["queryUses"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/gbt36906/{call}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * GB/T 36906 风格接口
     * @description The calls verifyCertInfo, verifyFile and getDateByQRcode in the envelope that existing counter systems use: `accessId` is the client's id, `accessToken` its API key, `useCause` is required. Other calls of that kind are answered with status 2. The status is in the head, the HTTP status is 200; an outage is a problem as elsewhere.
     */
    post: operations["callGbt36906"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/agencies": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 发证机关列表
     * @description Every agency that was ever registered, in the order of registration.
     */
    get: operations["listAgencies"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/agencies/{code}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 查询一个发证机关
     * @description One agency with what it may issue and its document keys.
     */
    get: operations["showAgency"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/agencies/{code}/history": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 发证机关沿革
     * @description What became of an agency and its document keys. Operators and entitlements are told by `lz history`, which reads the chain itself.
     */
    get: operations["showAgencyHistory"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/types": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 证照类型列表
     * @description Every certificate type that was ever published, in the order of publication.
     */
    get: operations["listTypes"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/types/{code}/recognition": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 证照类型的互认矩阵
     * @description Which province accepts this type from which, now: the judge's own answer for every pair of provinces that have an agency or a rule for it.
     */
    get: operations["showTypeRecognition"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/batches": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 批次列表
     * @description Every batch that was ever anchored, in the order of the chain.
     */
    get: operations["listBatches"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/batches/{agency}/{root}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 查询一个批次
     * @description The chain's record of one batch, its status, and how many certificates have which.
     */
    get: operations["showBatch"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/batches/{agency}/{root}/certificates/{index}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 查询一份证照的状态
     * @description The status of one certificate now, with every change of it. That a number has a status says nothing of whether a certificate that is shown has that number: a verification does.
     */
    get: operations["showCertificateStatus"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/statuses": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 证照状态变更列表
     * @description Every change of a status that was ever recorded, in the order of the chain.
     */
    get: operations["listStatuses"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/recognition-rules": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 互认规则列表
     * @description Every recognition rule that was ever recorded, also those ended. Filters name what a rule says; which rule decides a case is told by a verification.
     */
    get: operations["listRecognitionRules"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/overview": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 公开目录统计
     * @description Agencies by province, types, what was anchored when, and what became of it: sums over all batches, counted once for each state of the ledger.
     */
    get: operations["showOverview"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/trust-pack": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 下载离线信任包
     * @description A signed snapshot of agencies, keys, batches, statuses, rules and types, on which the same judge gives the same verdicts without a network. It says when the chain was last read: past the limit that a counter sets, it can't tell. With `after` only what came since; a 304 says that nothing did, but only an increment, which is then a few hundred bytes, says it with a new date. Its keys are at /v1/keys.
     */
    get: operations["fetchTrustPack"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/keys": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 服务的公钥
     * @description A JWK set. The key that signs now comes first; those of before stay, so that what they signed can be checked.
     */
    get: operations["showKeys"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/v1/pages": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 页面设置
     * @description Under which name this service is known, from which agencies' endpoints its wallet may fetch certificates, and whom to call for help.
     */
    get: operations["showPages"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/healthz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 进程是否存活
     * @description Always 200 while the process answers at all. Restart it when this fails.
     */
    get: operations["tellHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/readyz": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 能否核验
     * @description 200 only while the view of the chain is fresh. Send no counters here when this fails: every verdict would be indeterminate.
     */
    get: operations["tellReadiness"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 接口说明
     * @description This document. Requests are checked against its schemas.
     */
    get: operations["showDocument"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/errors": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 错误代码表
     * @description Every code of problems, with what to do; a page for whoever opens it in a browser.
     */
    get: operations["listErrors"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/errors/{code}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * 查询一个错误代码
     * @description One code of problems, with what to do.
     */
    get: operations["showError"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * @description GB/T 2260 region code of a known province: six digits, or 0 for the whole country (行政区划代码)
     * @example 460000
     * @example 460200
     * @example 0
     */
    Region: string;
    /** @description Exactly one of `presentation`, `certificate` and `presentationRequest`, and what the counter wants to know. Whatever is wrong with what is shown is part of the verdict, not an error of the request. */
    VerificationRequest: {
      /**
       * @description The text of the QR code as scanned (二维码文本): `LZ1:…`, `https://…/q#…` or `LZR:…`. Don't trim or decode it.
       * @example LZ1:6BF%…
       */
      presentation?: string;
      /** @description A certificate file (`*.lzc.json`, 证照文件) as it is, not as text. */
      certificate?: {
        [key: string]: unknown;
      };
      /**
       * @description The id of a presentation request of this client that was answered (亮证请求编号): with it nothing is said but `receipt`, since what is asked was said then.
       * @example 8QZ3vN1xT0eYb2kLw6mRfA
       */
      presentationRequest?: string;
      /** @description region of the counter (窗口所在行政区划), a GB/T 2260 code or 0; without it recognition is not asked for */
      region?: components["schemas"]["Region"];
      /** @description The service item (事项) that the certificate is wanted for. */
      purpose?: string;
      /**
       * @description What for (事由), in the clerk's words: required where personal claims are told. Only a pseudonym of it is kept.
       * @example 办理婚姻登记信息查询
       */
      useCause?: string;
      /** @description Who this counter is (窗口名称), as the presentation must name it; one with a credential is who it is registered as. */
      audience?: string;
      /**
       * @description the challenge that this counter gave (挑战码): 1 to 64 bytes as hex; a presentation that does not answer it is refused
       * @example 00112233
       */
      nonce?: string;
      /** @description Whether the matter demands that the holder shows it in person (须持证人本人亮证). */
      requiresHolder?: boolean;
      /** @description Names of claims that must be shown (必须出示的信息). */
      requiredClaims?: string[];
      /**
       * @description Puts the signed receipt into the answer (附签名回执).
       * @enum {string}
       */
      receipt?: "signed";
    } & (unknown | unknown | unknown);
    /** @description The same in Chinese and English. */
    Words: {
      /** @description 中文 */
      zh: string;
      /** @description English */
      en: string;
    };
    /** @description Text, an integer, true, false, null, or lists and maps of these. A decimal is text. */
    ClaimValue: ClaimValue;
    /** @description A verdict with its reasons. */
    Answer: {
      /**
       * @description `accepted`: every check passed or was not asked for. `rejected`: at least one failed. `indeterminate`: none failed, but something can't be told now, for instance since the chain can't be reached; it says nothing against the certificate. (有效、不予受理、暂时无法判断)
       * @enum {string}
       */
      verdict: "accepted" | "rejected" | "indeterminate";
      /** @description The verdict, to show to a person. */
      words: components["schemas"]["Words"];
      /** @description Is it what an agency issued, shown by its holder? Null: can't tell. (真伪) */
      authentic: boolean | null;
      /** @description May it be used here and now? Null: can't tell. (能否使用) */
      usable: boolean | null;
      /**
       * @description All ten checks, always in this order:
       *     - `format`: Does it decode, within limits? (格式是否正确)
       *     - `integrity`: Do the claims, the leaf and the path give the root? (内容是否被改动)
       *     - `anchor`: Is the batch's root on the chain, final? (批次是否已上链)
       *     - `issuer`: Was the agency entitled to the type when it anchored? (发证机关是否有权颁发)
       *     - `status`: Is it active? (证照状态是否有效)
       *     - `validity`: Is now within its dates? (是否在有效期内)
       *     - `recognition`: Does the counter's region accept this type from the issuer's? (本地是否认可)
       *     - `holder`: Is it shown by its holder? (是否由持证人出示)
       *     - `freshness`: Is the presentation new, and for this counter? (是否为现场新出示)
       *     - `disclosure`: Is every claim shown that is required? (所需信息是否齐全)
       */
      checks: components["schemas"]["AnswerCheck"][];
      /** @description What is known of the certificate; null where it could not be read. */
      certificate: components["schemas"]["AnswerCertificate"] | null;
      /** @description The disclosed claims by name (照面信息), only where they are proven to be the certificate's. Empty otherwise. */
      claims: {
        [key: string]: components["schemas"]["ClaimValue"];
      };
      /** @description Names of the claims that are masked here, since the service item has no right to the whole of them (脱敏). */
      masked: string[];
      /** @description The record of this use; null for anyone without a credential. */
      receipt: components["schemas"]["UseReceipt"] | null;
      /** @description What decided whether the counter's region accepts it; null where it was not asked or could not be decided. */
      recognition: components["schemas"]["AnswerRecognition"] | null;
      /** @description The state of the chain that was judged on; null where the chain was never reached. */
      ledger: components["schemas"]["Ledger"] | null;
    };
    /** @description The record of this verification (用证记录); nothing in it is secret. */
    UseReceipt: {
      /** @description By which its receipt is fetched. */
      id: string;
      /** @description Its part of the log. */
      strand: string;
      /** @description Its number in that part. */
      number: number;
      /** @description SHA-256 of the record and of all before it, in hex. */
      hash: string;
      /** @description The signed receipt, where it was asked for: a compact JWS (RFC 7515) with ES256. */
      receipt?: string;
    };
    /** @description How one check ended. */
    AnswerCheck: {
      /**
       * @description Which check.
       * @enum {string}
       */
      check:
        | "format"
        | "integrity"
        | "anchor"
        | "issuer"
        | "status"
        | "validity"
        | "recognition"
        | "holder"
        | "freshness"
        | "disclosure";
      /**
       * @description `skipped`: not asked for, or what it builds on did not pass.
       * @enum {string}
       */
      result: "pass" | "fail" | "skipped" | "unknown";
      code?: components["schemas"]["CheckCode"];
      /** @description What a person may want to know beyond the words: names, dates, places. */
      detail?: string;
      /** @description What it means, to show to a person. */
      words: components["schemas"]["Words"];
      /** @description What the counter should do. */
      remedy?: components["schemas"]["Words"];
    };
    /** @description Type, agency and region are the chain's records, not the certificate's word. Anyone without a credential is not told root, index, anchoring and delegate. */
    AnswerCertificate: {
      /**
       * @description Null where the batch is not on the chain.
       * @example 11100000000019907J001
       */
      type: string | null;
      /** @description 证照类型名称 */
      typeName: components["schemas"]["Words"] | null;
      schemaVersion: number | null;
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      agency: string;
      /** @description 发证机关名称 */
      agencyName: string | null;
      /** @description The agency's region. */
      region: components["schemas"]["Region"] | null;
      /** @description 行政区划名称 */
      regionName: components["schemas"]["Words"] | null;
      /** @description The agency that goes on with the work of one that is closed (承接机关); null where there is none. */
      successor: components["schemas"]["AnswerSuccessor"] | null;
      /**
       * Format: date-time
       * @description From when it is valid (有效期起).
       * @example 2026-01-01T00:00:00Z
       */
      notBefore: string;
      /**
       * Format: date-time
       * @description Until when; null says no end (有效期至, 长期).
       * @example 2026-01-01T00:00:00Z
       */
      notAfter: string | null;
      /** @description Whom the holder let show it, where it is not the holder who does (代亮人): compare the person with that name. */
      delegate?: components["schemas"]["AnswerDelegate"] | null;
      /** @description Merkle root of the batch, 0x and 64 lower-case hex digits (批次根) */
      root?: string;
      /** @description Its number in the batch, from 0 (批次内序号). */
      index?: number;
      /**
       * Format: date-time
       * @description When its batch was anchored (上链时间).
       * @example 2026-01-01T00:00:00Z
       */
      anchoredAt?: string | null;
    };
    /** @description Who shows a certificate for its holder (代亮). */
    AnswerDelegate: {
      /** @description 姓名 */
      name: string;
      /**
       * @description Guardian (监护人), relative or friend (亲友), agent (代理人).
       * @enum {string}
       */
      reason: "guardian" | "relative" | "agent";
      /** @description Codes of the service items that it is for (事项). */
      matters: string[];
      /** @description The holder's name, where the delegate may show that. */
      grantor: string | null;
    };
    /** @description An agency that took over the work of another. */
    AnswerSuccessor: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      code: string;
      /** @description 机关名称 */
      name: string;
    };
    /** @description Why the counter's region accepts it or does not. */
    AnswerRecognition: {
      /**
       * @description `own`: the region's own agency issued it. `rule`: the rule named. `nothing`: no rule is in force; `rule` is then one that has run out, if any.
       * @enum {string}
       */
      by: "own" | "rule" | "nothing";
      ruleId: number | null;
      /** @description 互认规则 */
      rule: components["schemas"]["RecognitionRule"] | null;
    };
    /** @description A place on the chain. */
    Ledger: {
      /** @description The chain's number. */
      chainId: number;
      /** @description Address of the deployment's directory contract. */
      directory: string;
      /** @description The last block that was judged on. */
      block: number;
      /** @description Its hash. */
      blockHash: string;
      /**
       * Format: date-time
       * @description Its time.
       * @example 2026-01-01T00:00:00Z
       */
      blockTime: string;
      /** @description How long ago a node last confirmed this state, in seconds (数据时效). */
      ageSeconds: number;
    };
    /**
     * @description Why a check did not pass, stable for ever; what to do beside it:
     *     - `MALFORMED`: It can't be read: incomplete, damaged or not ours. Ask the holder to show it again; if it fails again, to fetch it anew from the agency. (无法识别，内容不完整或已损坏；请持证人重新出示；仍不通过时，请持证人向发证机关重新领取)
     *     - `UNSUPPORTED_VERSION`: It is of a version this verifier does not know. Update the verifier, then try again. (版本不受支持；请更新核验程序后重试)
     *     - `TOO_LARGE`: It is larger than any certificate can be. Ask the holder to show it again; if it fails again, to fetch it anew from the agency. (内容过大；请持证人重新出示；仍不通过时，请持证人向发证机关重新领取)
     *     - `ROOT_MISMATCH`: Its content does not match its batch: it was altered. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (内容与上链批次不符，可能被改动；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `INDEX_OUT_OF_RANGE`: Its number is not one of its batch. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (序号超出批次范围；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `PATH_TOO_LONG`: Its proof is longer than its batch allows. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (证明路径超长；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `METADATA_MISMATCH`: What the file says of type, agency or region differs from the chain's record. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (文件所写的证照类型、机关或地区与链上记录不符；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `ROOT_NOT_ANCHORED`: No such batch is on the chain. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (链上没有该批次；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `ANCHOR_NOT_FINAL`: Its batch is on the chain but not final yet. It can't be decided now. Try again shortly or check by hand; the certificate may well be good. (批次已上链，尚待最终确认；暂时无法判断，请稍后重试或人工核验；这不表示证照有问题)
     *     - `CHAIN_STALE`: The view of the chain is too old to decide. It can't be decided now. Try again shortly or check by hand; the certificate may well be good. (链上数据未能及时更新，无法判断；暂时无法判断，请稍后重试或人工核验；这不表示证照有问题)
     *     - `OUTSIDE_PACK`: The trust pack on this device does not hold its batch, so it can't tell. Verify online, or fetch a trust pack with that agency and type. (本机的离线信任包不含该批次，无法判断；请联网核验，或下载包含该机关与类型的信任包)
     *     - `WRONG_CHAIN`: It belongs to another chain or deployment. Check which chain the verifier follows; certificates of a test chain are not accepted. (该证照属于另一条链；请确认核验程序连接的链；属测试链的证照不予受理)
     *     - `AGENCY_UNKNOWN`: The agency is not registered. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (发证机关未登记；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `AGENCY_NOT_AUTHORISED`: The agency was not entitled to this type when it anchored. Do not accept it. The holder should contact the agency. (发证机关上链时无权颁发该类证照；不予受理；请持证人联系发证机关)
     *     - `ANCHOR_DISTRUSTED`: Its batch was anchored with a key that is no longer trusted. Do not accept it. The holder should contact the agency. (该批次由失信密钥上链，不可信；不予受理；请持证人联系发证机关)
     *     - `SUSPENDED`: It is suspended. Refuse it for now; it may be lifted. The holder should contact the agency. (证照已被暂扣或冻结；暂不受理；恢复后可再次出示，请持证人联系发证机关)
     *     - `SUPERSEDED`: It was replaced by a newer one. Ask the holder for the newer certificate. (证照已换发或变更；请持证人出示新证照)
     *     - `CANCELLED`: It was cancelled. Do not accept it. The holder should contact the agency. (证照已注销；不予受理；请持证人联系发证机关)
     *     - `WITHDRAWN`: It was withdrawn as wrongly granted. Do not accept it. The holder should contact the agency. (证照已撤销；不予受理；请持证人联系发证机关)
     *     - `REVOKED`: It was revoked. Do not accept it. The holder should contact the agency. (证照已吊销；不予受理；请持证人联系发证机关)
     *     - `TRANSFERRED`: It was transferred and is reissued elsewhere. Ask for the certificate of the region it moved to. (证照已转出；请持证人出示转入地的新证照)
     *     - `OTHER_STATUS`: It is in another state that is not active. A person must decide; contact the agency. (证照处于其他非有效状态；请人工核验)
     *     - `NOT_YET_VALID`: It is not valid yet. Come back once it has begun. (尚未到生效日期；请在生效日期之后办理)
     *     - `EXPIRED`: It has expired. Ask the holder to renew it. (已过有效期；请持证人换领新证照)
     *     - `NO_RULE`: No rule says that this region accepts it. It can't be used here. Ask for another document, or ask the region's authority. (本地没有认可该证照的互认规则；本地不能凭此证照办理；请持证人提供其他材料，或咨询本地主管部门)
     *     - `DENIED`: A rule says that it is not accepted here. It can't be used here. Ask for another document, or ask the region's authority. (互认规则规定不予认可；本地不能凭此证照办理；请持证人提供其他材料，或咨询本地主管部门)
     *     - `RECOGNITION_SUSPENDED`: Its recognition here is suspended. It can't be used here. Ask for another document, or ask the region's authority. (互认已暂停；本地不能凭此证照办理；请持证人提供其他材料，或咨询本地主管部门)
     *     - `RECOGNITION_EXPIRED`: The rule that recognised it has run out. It can't be used here. Ask for another document, or ask the region's authority. (互认规则已到期；本地不能凭此证照办理；请持证人提供其他材料，或咨询本地主管部门)
     *     - `ASSURANCE_TOO_LOW`: It was issued at a lower assurance than this region requires. It can't be used here. Ask for another document, or ask the region's authority. (证照可信等级低于本地要求；本地不能凭此证照办理；请持证人提供其他材料，或咨询本地主管部门)
     *     - `SIGNATURE_INVALID`: The signature of the presentation is not valid. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (亮证签名无效；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `HOLDER_MISMATCH`: It is shown with a key that is not its holder's. Do not accept it. The holder can fetch it anew from the agency; report it if you suspect a forgery. (出示者不是持证人；不予受理；请持证人从发证机关重新领取，怀疑伪造的按规定报告)
     *     - `BINDING_INVALID`: The agency's word on its holder is not valid. Ask the holder to go online, fetch a new binding and show it again. (持证人绑定无效；请持证人联网，在“我的证照”里更新持证凭据后再出示)
     *     - `BINDING_EXPIRED`: The agency's word on its holder has run out. Ask the holder to go online so that it is renewed, and show it again. (持证人绑定已过期；请持证人联网，在“我的证照”里更新持证凭据后再出示)
     *     - `HOLDER_PROOF_REQUIRED`: This matter needs proof that its holder shows it. Ask the holder to show it from their own phone, or compare the person. (此事项须由持证人现场亮证；请持证人用手机亮证，或人工核对本人)
     *     - `GRANT_NOT_FOR_PURPOSE`: Whoever shows it may do so for other matters, not for this one. Ask the holder to show it, or to let this person show it for this matter too. (代亮授权不包括此事项；请持证人本人亮证，或请持证人就此事项重新授权)
     *     - `PRESENTATION_EXPIRED`: The code has run out; it may be a screenshot. Ask the holder to renew the code and show it again. (亮证码已过期，可能是截图；请持证人刷新亮证码后再次出示)
     *     - `CLOCK_SKEW`: It comes from the future: a clock is wrong. Set the phone's and the counter's clock, then try again. (亮证时间晚于当前时间，手机时钟可能不准；请校准手机和窗口的时间后重试)
     *     - `NONCE_MISMATCH`: It does not answer this counter's challenge. Ask the holder to renew the code and show it again. (不是对本次核验请求的回应；请持证人刷新亮证码后再次出示)
     *     - `AUDIENCE_MISMATCH`: It was made for another counter. Ask the holder to show it to this counter. (该亮证码是出示给其他窗口的；请持证人对本窗口重新亮证)
     *     - `REPLAYED`: This code has been used before. Ask the holder to renew the code and show it again. (该亮证码已使用过；请持证人刷新亮证码后再次出示)
     *     - `CLAIM_MISSING`: A required claim is not shown. Ask the holder to include the missing claims and show it again. (缺少必须出示的信息；请持证人勾选所缺信息后重新出示)
     * @enum {string}
     */
    CheckCode:
      | "MALFORMED"
      | "UNSUPPORTED_VERSION"
      | "TOO_LARGE"
      | "ROOT_MISMATCH"
      | "INDEX_OUT_OF_RANGE"
      | "PATH_TOO_LONG"
      | "METADATA_MISMATCH"
      | "ROOT_NOT_ANCHORED"
      | "ANCHOR_NOT_FINAL"
      | "CHAIN_STALE"
      | "OUTSIDE_PACK"
      | "WRONG_CHAIN"
      | "AGENCY_UNKNOWN"
      | "AGENCY_NOT_AUTHORISED"
      | "ANCHOR_DISTRUSTED"
      | "SUSPENDED"
      | "SUPERSEDED"
      | "CANCELLED"
      | "WITHDRAWN"
      | "REVOKED"
      | "TRANSFERRED"
      | "OTHER_STATUS"
      | "NOT_YET_VALID"
      | "EXPIRED"
      | "NO_RULE"
      | "DENIED"
      | "RECOGNITION_SUSPENDED"
      | "RECOGNITION_EXPIRED"
      | "ASSURANCE_TOO_LOW"
      | "SIGNATURE_INVALID"
      | "HOLDER_MISMATCH"
      | "BINDING_INVALID"
      | "BINDING_EXPIRED"
      | "HOLDER_PROOF_REQUIRED"
      | "GRANT_NOT_FOR_PURPOSE"
      | "PRESENTATION_EXPIRED"
      | "CLOCK_SKEW"
      | "NONCE_MISMATCH"
      | "AUDIENCE_MISMATCH"
      | "REPLAYED"
      | "CLAIM_MISSING";
    /** @description Service items (事项). */
    ServiceItemList: {
      /** @description In the order of the service's own list. */
      items: components["schemas"]["ServiceItem"][];
    };
    /** @description What a matter may ask of whom, and why it usually does. */
    ServiceItem: {
      /** @description Its code (事项编码). */
      code: string;
      /** @description Its names. */
      names: components["schemas"]["Words"];
      /** @description Whether the holder's own key must sign. */
      requiresHolder: boolean;
      /** @description The usual reasons (事由). */
      causes: string[];
      /** @description What it may ask for. */
      types: components["schemas"]["ServiceItemType"][];
    };
    /** @description A certificate type that a matter may ask for. */
    ServiceItemType: {
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      type: string;
      /** @description 证照类型名称 */
      typeName: components["schemas"]["Words"] | null;
      /** @description Every claim of the type, as the catalogue has it. */
      claims: components["schemas"]["ServiceItemClaim"][];
      /** @description Names of the claims that may be told in full. */
      allowed: string[];
      /** @description Names of those without which the matter can't be settled. */
      required: string[];
    };
    /** @description A claim of a certificate type. */
    ServiceItemClaim: {
      name: string;
      /** @description As the catalogue calls it. */
      words: components["schemas"]["Words"];
      /**
       * @description `sensitive` needs a separate consent (敏感个人信息).
       * @enum {string}
       */
      sensitivity: "public" | "personal" | "sensitive";
    };
    /** @description What a counter wants to be shown. */
    PresentationRequestOrder: {
      purpose: string;
      /**
       * @description What for (事由), in the clerk's words: required where personal claims are told. Only a pseudonym of it is kept.
       * @example 办理婚姻登记信息查询
       */
      useCause: string;
      /**
       * @description The certificate type (证照类型).
       * @example 11100000000019907J001
       */
      type: string;
      /** @description Names of the claims wanted; those that the item requires are added. */
      claims: string[];
      /** @description For how long it may be answered, 300 by default (有效秒数). */
      ttlSeconds?: number;
    };
    /** @description A presentation request, for the counter that made it. */
    MadePresentationRequest: {
      /** @description 请求编号: 128 random bits in base64url. */
      id: string;
      /** @description Six digits, to be said aloud (请求码). */
      code: string;
      /** @description Who asks: the audience that the presentation must name (窗口名称). */
      audience: string;
      /** @description All that are asked for. */
      claims: string[];
      /** @description What the presentation must answer (挑战码), in hex. */
      nonce: string;
      /**
       * Format: date-time
       * @description Until when it may be answered.
       * @example 2026-01-01T00:00:00Z
       */
      expiresAt: string;
      /**
       * Format: uri
       * @description For a QR code: opens the page on which the holder answers.
       */
      text: string;
    };
    /** @description A presentation request, as the holder is to see it before answering. */
    PresentationRequest: {
      /** @description 请求编号: 128 random bits in base64url. */
      id: string;
      /**
       * @description Whether it may still be answered.
       * @enum {string}
       */
      state: "open" | "answered" | "verified" | "expired";
      /** @description Who asks: the audience that the presentation must name (窗口名称). */
      audience: string;
      /** @description The counter's region. */
      region: components["schemas"]["Region"] | null;
      /** @description 行政区划名称 */
      regionName: components["schemas"]["Words"] | null;
      /** @description The service item (事项), as the counter said it. */
      purpose: string;
      /** @description 事项名称 */
      purposeName: components["schemas"]["Words"] | null;
      /** @description What for (事由). */
      useCause: string;
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      type: string;
      /** @description 证照类型名称 */
      typeName: components["schemas"]["Words"] | null;
      /** @description The claims asked for (所需信息). */
      claims: components["schemas"]["RequestedClaim"][];
      /** @description Whether the holder's own key must sign. */
      requiresHolder: boolean;
      /** @description What the presentation must answer (挑战码), in hex. */
      nonce: string;
      /**
       * Format: date-time
       * @description Until when it may be answered.
       * @example 2026-01-01T00:00:00Z
       */
      expiresAt: string;
    };
    /** @description A claim that is asked for. */
    RequestedClaim: {
      name: string;
      /** @description As the catalogue calls it. */
      words: components["schemas"]["Words"] | null;
    };
    /** @description What a holder shows. */
    ShownPresentation: {
      /** @description As a QR code would hold it: `LZ1:…`. */
      presentation: string;
    };
    /** @description The answer is kept until the counter verifies it, two minutes at most. */
    AnsweredRequest: {
      /** @description 请求编号: 128 random bits in base64url. */
      id: string;
      /** @constant */
      state: "answered";
    };
    /** @description A code that refers to a presentation. */
    Reference: {
      /** @description For a QR code (亮证引用码). */
      text: string;
      /**
       * Format: date-time
       * @description Until when it may be taken, once.
       * @example 2026-01-01T00:00:00Z
       */
      expiresAt: string;
    };
    /** @description Which presentation to take. */
    ReferenceTaking: {
      /** @description What follows the host in a reference code. */
      token: string;
      /** @description A name of the taker's own making, for this taking alone. */
      taker?: string;
    };
    /** @description Certificates to verify. */
    VerificationBatch: {
      /** @description Each as the body of one verification (待核验项). */
      items: components["schemas"]["VerificationRequest"][];
    };
    /** @description The ends, in the order of the items. */
    VerificationBatchAnswer: {
      /** @description 核验结果 */
      answers: components["schemas"]["VerificationBatchEnd"][];
    };
    /** @description How one item ended. */
    VerificationBatchEnd:
      | components["schemas"]["VerificationBatchJudged"]
      | components["schemas"]["VerificationBatchRefused"];
    /** @description It was judged. */
    VerificationBatchJudged: {
      answer: components["schemas"]["Answer"];
    };
    /** @description It was not judged. */
    VerificationBatchRefused: {
      problem: components["schemas"]["VerificationBatchProblem"];
    };
    /** @description Why an item was not verified; it never says anything about a certificate. */
    VerificationBatchProblem: {
      code: components["schemas"]["ProblemCode"];
      /** @description The HTTP status that the item alone would have had. */
      status: number;
      /** @description The place and value at fault. Not for programs. */
      detail?: string;
      /** @description What it means. */
      words: components["schemas"]["Words"];
      /** @description What to do. */
      remedy: components["schemas"]["Words"];
    };
    /** @description An agency (发证机关). */
    Agency: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      code: string;
      /** @description 机关名称 */
      name: string;
      region: components["schemas"]["Region"];
      regionName: components["schemas"]["Words"];
      /**
       * @description Only an active one may issue.
       * @enum {string}
       */
      status: "active" | "suspended" | "closed";
      /**
       * Format: date-time
       * @description From when in law.
       * @example 2026-01-01T00:00:00Z
       */
      statusSince: string;
      /**
       * @description The agency that goes on with its work (承接机关), where there is one.
       * @example 11460200MB1234567A
       */
      successor: string | null;
      /** @description What it may issue (可颁发的证照类型). */
      entitlements: components["schemas"]["Entitlement"][];
      /** @description Keys with which it signs bindings of holders. */
      documentKeys: components["schemas"]["DocumentKey"][];
    };
    /** @description The right to issue one type. */
    Entitlement: {
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      type: string;
      /**
       * Format: date-time
       * @description From when it holds.
       * @example 2026-01-01T00:00:00Z
       */
      validFrom: string;
      /**
       * Format: date-time
       * @description Until when; null says no end.
       * @example 2026-01-01T00:00:00Z
       */
      validUntil: string | null;
      /** @description 1 (D, self-stated) to 4 (A, signed and sealed by the agency). */
      assurance: number;
    };
    /** @description A public key. */
    DocumentKey: {
      /** @description Its name on the chain. */
      keyId: string;
      /**
       * @description Which signatures it makes: ES256, or SM2 with SM3.
       * @enum {string}
       */
      algorithm: "P-256" | "SM2";
      /** @description First coordinate. */
      x: string;
      /** @description Second coordinate. */
      y: string;
      /**
       * Format: date-time
       * @description From when it holds.
       * @example 2026-01-01T00:00:00Z
       */
      validFrom: string;
      /**
       * Format: date-time
       * @description Until when; null says no end.
       * @example 2026-01-01T00:00:00Z
       */
      validUntil: string | null;
      /** @description Whether nothing it ever signed may be trusted. */
      isDistrusted: boolean;
    };
    /** @description Agencies (发证机关). */
    AgencyPage: {
      /** @description In the order in which the chain recorded them. */
      items: components["schemas"]["Agency"][];
      /** @description The cursor of the next page (下一页); null where this is the last. */
      next: string | null;
      /** @description How many there are in all; null where it is not counted. */
      total: number | null;
      /** @description As asked. */
      limit: number;
      ledger: components["schemas"]["Ledger"];
    };
    /** @description A certificate type (证照类型). */
    CertificateType: {
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      code: string;
      /** @description For which it was defined; 0 is the whole country. */
      region: components["schemas"]["Region"];
      regionName: components["schemas"]["Words"];
      /** @description Whether no agency is entitled to it any more; what was issued stays. */
      isRetired: boolean;
      /** @description Every published version of its schema. */
      versions: components["schemas"]["TypeVersion"][];
    };
    /** @description One published version of a type's schema. */
    TypeVersion: {
      /** @description From 1. */
      version: number;
      name: components["schemas"]["Words"];
      /** @description Keccak-256 of the catalogue's file. */
      schemaHash: string;
      /** @description Claims that every presentation shows (必须出示). */
      alwaysDisclosed: string[];
      /** @description How long a certificate holds, from the days in its claims: `from=CLAIM`, `from=CLAIM;years=N`, `from=CLAIM;until=CLAIM`. */
      validity: string;
      /**
       * Format: date-time
       * @description From when in law.
       * @example 2026-01-01T00:00:00Z
       */
      effectiveFrom: string;
      /** @description Where its file can be found; may be empty. */
      uri: string;
      /**
       * Format: date-time
       * @description When it was recorded.
       * @example 2026-01-01T00:00:00Z
       */
      publishedAt: string;
    };
    /** @description Certificate types (证照类型). */
    TypePage: {
      /** @description In the order in which the chain recorded them. */
      items: components["schemas"]["CertificateType"][];
      /** @description The cursor of the next page (下一页); null where this is the last. */
      next: string | null;
      /** @description How many there are in all; null where it is not counted. */
      total: number | null;
      /** @description As asked. */
      limit: number;
      ledger: components["schemas"]["Ledger"];
    };
    /** @description A batch (批次): certificates anchored together under one root. */
    Batch: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      agency: string;
      /** @description Merkle root of the batch, 0x and 64 lower-case hex digits (批次根) */
      root: string;
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      type: string;
      /** @description Of the type. */
      schemaVersion: number;
      /** @description How many certificates it holds. */
      size: number;
      /**
       * @description Which hash it is built with.
       * @enum {string}
       */
      suite: "keccak256" | "sm3";
      /** @description Its number in the log of all batches, from 1. */
      sequence: number;
      /** @description The log's head after it. */
      head: string;
      /** @description Hash of its public manifest; zero where there is none. */
      manifestHash: string;
      /** @description account on the chain, 0x and 40 lower-case hex digits */
      operator: string;
      /** @description The agency's assurance when it anchored; null where it was not entitled. */
      assurance: number | null;
      /** @description Whether the key that anchored it was declared stolen since before that. */
      isDistrusted: boolean;
      /**
       * Format: date-time
       * @description 上链时间
       * @example 2026-01-01T00:00:00Z
       */
      anchoredAt: string;
      /** @description The block of its anchor. */
      block: number;
      /** @description The transaction of its anchor. */
      transaction: string;
      status: components["schemas"]["BatchStatus"];
      /** @description How many of its certificates have which status of their own (各状态证照数), whatever the batch's. */
      certificates: components["schemas"]["StatusCounts"];
    };
    /** @description A batch (批次) in a list. */
    ListedBatch: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      agency: string;
      /** @description Merkle root of the batch, 0x and 64 lower-case hex digits (批次根) */
      root: string;
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      type: string;
      /** @description Of the type. */
      schemaVersion: number;
      /** @description How many certificates it holds. */
      size: number;
      /**
       * @description Which hash it is built with.
       * @enum {string}
       */
      suite: "keccak256" | "sm3";
      /** @description Its number in the log of all batches, from 1. */
      sequence: number;
      /** @description The log's head after it. */
      head: string;
      /** @description Hash of its public manifest; zero where there is none. */
      manifestHash: string;
      /** @description account on the chain, 0x and 40 lower-case hex digits */
      operator: string;
      /** @description The agency's assurance when it anchored; null where it was not entitled. */
      assurance: number | null;
      /** @description Whether the key that anchored it was declared stolen since before that. */
      isDistrusted: boolean;
      /**
       * Format: date-time
       * @description 上链时间
       * @example 2026-01-01T00:00:00Z
       */
      anchoredAt: string;
      /** @description The block of its anchor. */
      block: number;
      /** @description The transaction of its anchor. */
      transaction: string;
      status: components["schemas"]["BatchStatus"];
    };
    /** @description Batches (批次). */
    BatchPage: {
      /** @description In the order in which the chain recorded them. */
      items: components["schemas"]["ListedBatch"][];
      /** @description The cursor of the next page (下一页); null where this is the last. */
      next: string | null;
      /** @description How many there are in all; null where it is not counted. */
      total: number | null;
      /** @description As asked. */
      limit: number;
      ledger: components["schemas"]["Ledger"];
    };
    /** @description The status of a whole batch, as recorded last. */
    BatchStatus: {
      /**
       * @description Its name.
       * @enum {string}
       */
      name:
        | "active"
        | "suspended"
        | "superseded"
        | "cancelled"
        | "withdrawn"
        | "revoked"
        | "transferred"
        | "other";
      words: components["schemas"]["Words"];
      /**
       * Format: date-time
       * @description From when in law; null where it never changed.
       * @example 2026-01-01T00:00:00Z
       */
      effectiveFrom: string | null;
      /**
       * Format: date-time
       * @description When the chain recorded it.
       * @example 2026-01-01T00:00:00Z
       */
      recordedAt: string | null;
      /** @description The agency's number for its reason. */
      reason: number | null;
    };
    /** @description On what terms one region accepts certificates from another. */
    RecognitionRule: {
      /** @description The region that accepts, with all below it. */
      recognising: components["schemas"]["Region"];
      /** @description The issuer's region, with all below it; 0 is any. */
      recognised: components["schemas"]["Region"];
      /** @description A named group of regions instead, such as 长三角. */
      group: string | null;
      /**
       * @description Null is any type.
       * @example 11100000000019907J001
       */
      type: string | null;
      /** @description For which service items (事项); none named: all. */
      serviceItems: string[];
      /** @description The least assurance, 1 to 4; 0: any. */
      leastAssurance: number;
      /** @description The greatest age of the view of the chain in seconds; 0: no limit. */
      maxStatusAge: number;
      /** @description From when it holds, in seconds since 1970. */
      validFrom: number;
      /** @description Null says no end. */
      validUntil: number | null;
      /**
       * @description `conditional`: accept, and tell the counter the condition.
       * @enum {string}
       */
      effect: "accept" | "conditional" | "suspend" | "deny";
      /** @description The condition's words; may be empty. */
      condition: string;
      /** @description Its legal basis (依据). */
      basis: string;
    };
    /** @description A recognition rule as recorded (互认规则). */
    Rule: {
      /** @description Its number in its generation. */
      ruleId: number;
      /** @description 0 for the first deployment, one more for each that was migrated to. */
      generation: number;
      rule: components["schemas"]["RecognitionRule"];
      /**
       * Format: date-time
       * @description When it was recorded.
       * @example 2026-01-01T00:00:00Z
       */
      recordedAt: string;
      /**
       * Format: date-time
       * @description When it was ended before its time; null where it was not.
       * @example 2026-01-01T00:00:00Z
       */
      endedAt: string | null;
    };
    /** @description Recognition rules (互认规则). */
    RulePage: {
      /** @description In the order in which the chain recorded them. */
      items: components["schemas"]["Rule"][];
      /** @description The cursor of the next page (下一页); null where this is the last. */
      next: string | null;
      /** @description How many there are in all; null where it is not counted. */
      total: number | null;
      /** @description As asked. */
      limit: number;
      ledger: components["schemas"]["Ledger"];
    };
    /** @description The ledger in numbers (公开目录). */
    Overview: {
      totals: components["schemas"]["OverviewTotals"];
      /** @description By province, in the order of their codes. */
      regions: components["schemas"]["OverviewRegion"][];
      /** @description Those with the most certificates first. */
      types: components["schemas"]["OverviewType"][];
      /** @description Every month in which something was anchored, the oldest first. */
      months: components["schemas"]["AnchoredPeriod"][];
      /** @description The last 31 days up to the newest block, one by one. */
      days: components["schemas"]["AnchoredPeriod"][];
      ledger: components["schemas"]["Ledger"];
    };
    /** @description All there is. */
    OverviewTotals: {
      /** @description Agencies ever registered (发证机关). */
      agencies: number;
      /** @description Certificate types (证照类型). */
      types: number;
      /** @description How many batches. */
      batches: number;
      /** @description How many certificates they hold. */
      certificates: number;
      /** @description Rules of recognition that nobody has ended (互认规则). */
      rules: number;
    };
    /** @description How many agencies a province has, by their status. */
    OverviewRegion: {
      /** @description A province with all below it; 0: agencies of the whole country. */
      region: components["schemas"]["Region"];
      regionName: components["schemas"]["Words"];
      /** @description May issue. */
      active: number;
      /** @description May not issue for now. */
      suspended: number;
      /** @description Issue no more. */
      closed: number;
    };
    /** @description What was issued of one type. */
    OverviewType: {
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      type: string;
      /** @description As its latest version says. */
      name: components["schemas"]["Words"];
      /** @description How many batches. */
      batches: number;
      /** @description How many certificates they hold. */
      certificates: number;
      statuses: components["schemas"]["StatusCounts"];
      /** @description Rules of recognition that name this type, and that nobody has ended. */
      rules: number;
    };
    /** @description How many certificates stand in which status, as recorded last. A batch's comes before their own. */
    StatusCounts: {
      /** @description 有效. */
      active: number;
      /** @description 暂扣、冻结. */
      suspended: number;
      /** @description 换发、变更. */
      superseded: number;
      /** @description 注销. */
      cancelled: number;
      /** @description 撤销. */
      withdrawn: number;
      /** @description 吊销. */
      revoked: number;
      /** @description 转出. */
      transferred: number;
      /** @description 其他. */
      other: number;
    };
    /** @description What was anchored in a month or on a day (上链). */
    AnchoredPeriod: {
      /**
       * @description A month or a day of Beijing time.
       * @example 2026-03
       * @example 2026-03-14
       */
      period: string;
      /** @description How many batches. */
      batches: number;
      /** @description How many certificates they hold. */
      certificates: number;
    };
    /** @description Which region accepts a type from which (互认矩阵). */
    RecognitionMatrix: {
      /**
       * @description certificate type code, 21 characters (证照类型代码)
       * @example 11100000000019907J001
       */
      type: string;
      /** @description Provinces, in the order of rows and columns. */
      regions: components["schemas"]["Region"][];
      /** @description How many cities and counties beside them have agencies or rules of their own. */
      more: number;
      /** @description A row for each counter's region, a cell in it for each issuer's. */
      rows: components["schemas"]["MatrixCell"][][];
      /** @description The rules that cells name. */
      rules: components["schemas"]["Rule"][];
      ledger: components["schemas"]["Ledger"];
    };
    /** @description What a counter of one region is told of an issuer of another. */
    MatrixCell: {
      /**
       * @description `own`: no rule is needed. A rule's effect, `expired` where the rule has run out, `none` where there is none.
       * @enum {string}
       */
      effect: "own" | "accept" | "conditional" | "suspend" | "deny" | "expired" | "none";
      /** @description The place in `rules`, from 0, of the rule that decides, or that once did. */
      rule: number | null;
    };
    /** @description One change of a status (证照状态变更). */
    StatusChange: {
      /**
       * @description Whether it is the certificate's own or its whole batch's.
       * @enum {string}
       */
      scope: "certificate" | "batch";
      /**
       * @description Its name.
       * @enum {string}
       */
      name:
        | "active"
        | "suspended"
        | "superseded"
        | "cancelled"
        | "withdrawn"
        | "revoked"
        | "transferred"
        | "other";
      words: components["schemas"]["Words"];
      /**
       * Format: date-time
       * @description From when in law.
       * @example 2026-01-01T00:00:00Z
       */
      effectiveFrom: string;
      /**
       * Format: date-time
       * @description When the chain recorded it.
       * @example 2026-01-01T00:00:00Z
       */
      recordedAt: string;
      /** @description The agency's number for its reason. */
      reason: number;
    };
    /** @description The status in force now; a batch's comes before a certificate's own. */
    PresentStatus: {
      /**
       * @description Null where it is active.
       * @enum {string|null}
       */
      scope: "certificate" | "batch" | null;
      /**
       * @description Its name.
       * @enum {string}
       */
      name:
        | "active"
        | "suspended"
        | "superseded"
        | "cancelled"
        | "withdrawn"
        | "revoked"
        | "transferred"
        | "other";
      words: components["schemas"]["Words"];
      /**
       * Format: date-time
       * @description From when in law; null where it is active.
       * @example 2026-01-01T00:00:00Z
       */
      effectiveFrom: string | null;
      /**
       * Format: date-time
       * @description When the chain recorded it.
       * @example 2026-01-01T00:00:00Z
       */
      recordedAt: string | null;
      /** @description The agency's number for its reason. */
      reason: number | null;
    };
    /** @description A certificate's status, now and before (证照状态沿革). */
    CertificateStatus: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      agency: string;
      /** @description Merkle root of the batch, 0x and 64 lower-case hex digits (批次根) */
      root: string;
      /** @description Its number in the batch, from 0 (批次内序号). */
      index: number;
      status: components["schemas"]["PresentStatus"];
      /** @description Every change, its batch's too, as they were recorded. */
      history: components["schemas"]["StatusChange"][];
      ledger: components["schemas"]["Ledger"];
    };
    /** @description A change of a status as the chain recorded it. */
    StatusEvent: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      agency: string;
      /** @description Merkle root of the batch, 0x and 64 lower-case hex digits (批次根) */
      root: string;
      /** @description Which certificates of the batch; null: the whole batch. */
      indices: number[] | null;
      /**
       * @description Its name.
       * @enum {string}
       */
      name:
        | "active"
        | "suspended"
        | "superseded"
        | "cancelled"
        | "withdrawn"
        | "revoked"
        | "transferred"
        | "other";
      words: components["schemas"]["Words"];
      /**
       * Format: date-time
       * @description From when in law.
       * @example 2026-01-01T00:00:00Z
       */
      effectiveFrom: string;
      /**
       * Format: date-time
       * @description When the chain recorded it.
       * @example 2026-01-01T00:00:00Z
       */
      recordedAt: string;
      /** @description The agency's number for its reason. */
      reason: number;
      /** @description account on the chain, 0x and 40 lower-case hex digits */
      by: string;
      /** @description Its block. */
      block: number;
      /** @description Its transaction. */
      transaction: string;
    };
    /** @description Changes of statuses (证照状态变更). */
    StatusEventPage: {
      /** @description In the order in which the chain recorded them. */
      items: components["schemas"]["StatusEvent"][];
      /** @description The cursor of the next page (下一页); null where this is the last. */
      next: string | null;
      /** @description How many there are in all; null where it is not counted. */
      total: number | null;
      /** @description As asked. */
      limit: number;
      ledger: components["schemas"]["Ledger"];
    };
    /** @description What became of an agency or of one of its document keys. */
    AgencyChange: {
      /**
       * @description What happened.
       * @enum {string}
       */
      kind:
        | "AgencyRegistered"
        | "AgencyStatusChanged"
        | "AgencySucceeded"
        | "DocumentKeyAdded"
        | "DocumentKeyEnded"
        | "DocumentKeyDistrusted"
        | "DocumentKeyDistrustLifted";
      words: components["schemas"]["Words"];
      /**
       * Format: date-time
       * @description When the chain recorded it.
       * @example 2026-01-01T00:00:00Z
       */
      recordedAt: string;
      /**
       * Format: date-time
       * @description From when in law.
       * @example 2026-01-01T00:00:00Z
       */
      effectiveFrom: string;
      /** @description The status, the succeeding agency's code, or the key's name. */
      about: string;
    };
    /** @description What became of an agency (机关沿革). */
    AgencyHistory: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      code: string;
      /** @description In the order in which it was recorded. */
      changes: components["schemas"]["AgencyChange"][];
      ledger: components["schemas"]["Ledger"];
    };
    /** @description A code of problems (错误代码). */
    ErrorWords: {
      code: components["schemas"]["ProblemCode"];
      /** @description The HTTP status it comes with. */
      status: number;
      words: components["schemas"]["Words"];
      remedy: components["schemas"]["Words"];
    };
    /** @description Every code of problems. */
    ErrorList: {
      /** @description By code. */
      errors: components["schemas"]["ErrorWords"][];
    };
    /** @description A signed trust pack (离线信任包): CBOR, see docs/protocol.md. */
    TrustPack: string;
    /** @description What is missing is told in the answer's head. */
    Gbt36906Call: {
      /** @description `accessId`, `accessToken`. */
      head?: {
        [key: string]: unknown;
      };
      /** @description `useCause` (事由) of 1 to 200 characters; `certData` (a certificate file), `file` (one in base64) or `qrcode`, as the call wants it; `purpose`, the service item, where there is one. */
      data?: {
        [key: string]: unknown;
      };
    };
    /** @description The envelope. */
    Gbt36906Answer: {
      head: components["schemas"]["Gbt36906Head"];
      /** @description Null where the status is not 0. */
      data: components["schemas"]["Gbt36906Data"] | null;
    };
    /** @description How it ended. */
    Gbt36906Head: {
      /**
       * @description 0 成功 Done.; 2 数据源不提供该服务 This service does not offer that call.; 10 未找到 Not found.; 11 身份认证未通过 Not authenticated.; 12 缺少必填字段 A field is missing.; 100 无权使用该类证照 No right to certificates of this type.
       * @enum {integer}
       */
      status: 0 | 2 | 10 | 11 | 12 | 100;
      /** @description 说明 */
      message: string;
    };
    /** @description What was found. Beside what is listed, each claim that the catalogue gives a short name (such as ZZBH, ZZBS, ZZBFRQ, CZZT, CZZTDM), as the caller may see it; several holders with a comma between. */
    Gbt36906Data: {
      /**
       * @description 0 信息正确，证照有效 Correct and valid.; 1 信息正确，证照尚未生效 Correct, not valid yet.; 2 信息正确，证照暂时失效 Correct, suspended.; 3 信息正确，证照已失效 Correct, valid no longer.; 4 信息不足，暂时无法核验 Too little is known to tell now.; 5 查无此证照 There is no such certificate.; 6 未提供证照信息 Nothing was given to verify.; 7 信息有误 Something in it is wrong.
       * @enum {integer}
       */
      result: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;
      /** @description The result in words. */
      message: string;
      /** @description 证照名称 */
      ZZMC?: string | null;
      /** @description 证照类型代码 */
      ZZLXDM?: string | null;
      /** @description 证照颁发机构 */
      ZZBFJG?: string | null;
      /** @description 证照颁发机构代码 */
      ZZBFJGDM?: string | null;
      /** @description 有效期起始日期, a day in Beijing. */
      ZZYXQQSRQ?: string | null;
      /** @description 有效期截止日期; null says no end (长期). */
      ZZYXQJZRQ?: string | null;
      /** @description 证照状态: 有效, 尚未生效, 暂扣, 过期 …; null where it can't be told. */
      ZZZT?: string | null;
      /** @description As `POST /v1/verifications` tells them. */
      claims?: {
        [key: string]: components["schemas"]["ClaimValue"];
      };
      /** @description Why it is not result 0. */
      reasons?: string[];
      /** @description The number of the receipt (核验回执). */
      receipt?: string | null;
    } & {
      [key: string]: unknown;
    };
    /** @description What the pages of this service need to know of it. */
    PageSettings: {
      /** @description The name under which this service is known. */
      host: string;
      /** @description From where wallets may fetch certificates. */
      endpoints: components["schemas"]["PageEndpoint"][];
      /** @description Whom to call for help; null where nobody was named. */
      help: components["schemas"]["HelpLine"] | null;
      /** @description The program's version. */
      version: string;
    };
    /** @description An agency's endpoint for wallets. */
    PageEndpoint: {
      /** @description The agency's unified social credit code. */
      agency: string;
      /** @description Its name. */
      name: string;
      /**
       * Format: uri
       * @description Where its endpoint answers.
       */
      url: string;
    };
    /** @description Whom to call for help. */
    HelpLine: {
      name: string;
      phone: string;
    };
    /** @description The process is up. */
    Health: {
      /** @constant */
      status: "up";
      /** @description The program's version. */
      version: string;
    };
    /** @description Verdicts are given on a fresh view of the chain. */
    Ready: {
      /** @constant */
      status: "ready";
      /** @description The age of the view of the chain in seconds. */
      ageSeconds: number;
      /** @description The last block taken. */
      block: number;
      /**
       * Format: date-time
       * @description Its time.
       * @example 2026-01-01T00:00:00Z
       */
      blockTime: string;
    };
    /** @description An OpenAPI 3.1 document. */
    OpenApi: {
      openapi: string;
      info: {
        [key: string]: unknown;
      };
      paths: {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    /** @description What went wrong (RFC 9457). It never says anything about a certificate. */
    Problem: {
      /**
       * Format: uri-reference
       * @description `/errors#` and the code.
       */
      type: string;
      /** @description The words in the language of Accept-Language: zh-CN (default), zh-HK or en. */
      title: string;
      /** @description As the response's status. */
      status: number;
      /** @description The place and value at fault, such as `body.region: …`. Not for programs. */
      detail?: string;
      /**
       * Format: uri-reference
       * @description The request's id: quote it when asking for help.
       */
      instance: string;
      code: components["schemas"]["ProblemCode"];
      /** @description What it means. */
      words: components["schemas"]["Words"];
      /** @description What to do. */
      remedy: components["schemas"]["Words"];
      /** @description The age of the view of the chain in seconds; null where it was never reached. */
      ageSeconds?: number | null;
      /** @description What the service met last in following the chain, with NOT_READY alone. */
      lastProblem?: components["schemas"]["ProblemCode"] | null;
      /** @description What keeps it from being ready, with NOT_READY alone. Not for programs. */
      unready?: string[];
    };
    /**
     * @description Stable for ever (HTTP status in brackets):
     *     - `USAGE` (400): The command was not given correctly. See --help for the usage. (命令用法不正确；用 --help 查看用法)
     *     - `NOT_CONFIGURED` (500): No chain or directory is configured. Run lz deploy first, or name them with --rpc and --directory. (尚未配置链地址或目录合约；先运行 lz deploy，或用 --rpc 与 --directory 指定)
     *     - `CONFIGURATION_INVALID` (500): The configuration is not valid. Mend it at the place named. (配置文件无效；改正所示条目)
     *     - `KEY_NOT_FOUND` (500): There is no such key file. Name one with --key; lz agency add makes an operator's key. (找不到密钥文件；用 --key 指定密钥文件；经办密钥由 lz agency add 生成)
     *     - `KEY_MALFORMED` (500): The key file does not hold a key of the kind expected. Check that it is the right file; keys are never shown in messages. (密钥文件内容不正确；检查是否指定了正确的文件)
     *     - `FILE_NOT_FOUND` (500): There is no such file, or it may not be read. Check the path and that you may read it; a folder won't do. (找不到文件，或无权读取；检查路径和读取权限；文件夹不能当文件用)
     *     - `FILE_EXISTS` (500): The file is there already. Choose another name; nothing was overwritten. (文件已存在；换一个文件名)
     *     - `FILE_TOO_LARGE` (413): The file is larger than anything expected here. Check that it is the right file. (文件过大；检查是否选对了文件)
     *     - `FOLDER_NOT_MADE` (500): A folder can't be made there. Name a folder that can be written to, in LZ_HOME or in the command, or change its permissions, then run it again. (不能在此处建立文件夹；在 LZ_HOME 或命令中改写一个可写的文件夹，或修改其权限，然后重新运行)
     *     - `DISK_FAILED` (500): The disk could not be read or written. Check space and permissions, then run the same command again. (无法读写磁盘；检查磁盘空间和权限，然后重新运行同一命令)
     *     - `SOURCE_ENCODING` (400): The text is neither UTF-8 nor GB18030, not what was said, or damaged. Say which it is with --encoding, or save it as UTF-8 and try again. (文件编码不正确，或文字已损坏；用 --encoding 指明编码，或另存为 UTF-8 后重试)
     *     - `SOURCE_FORMAT` (400): The file is no table of a kind that can be read. Export it as CSV, TSV, XLSX or JSONL; take the password off first. (不是可读取的表格文件；导出为 CSV、TSV、XLSX 或 JSONL；加密的文件先去掉密码)
     *     - `SOURCE_CHANGED` (409): The source changed while it was being read. Run it again once the export is finished; nothing was issued. (读取期间来源内容发生了变化；等导出完成后重新运行，未签发任何证照)
     *     - `SOURCE_UNREACHABLE` (503): The database can't be reached, or broke off. Check address, user and password and run it again; nothing was issued. (连接不上数据库，或连接中断；检查地址、账号和密码后重新运行，未签发任何证照)
     *     - `SOURCE_QUERY` (400): The database refused the query. Correct it as the database says; one query that only reads is allowed. (数据库拒绝了该查询；按数据库的提示改正查询；只允许一条只读查询)
     *     - `SHEET_UNKNOWN` (400): The workbook has no such sheet. Choose one of the sheets listed. (工作簿中没有该工作表；从列出的工作表中选择)
     *     - `CELLS_MERGED` (400): The table has merged cells. Unmerge them, so that the header is one row and each record is one, and try again. (表格含有合并单元格；取消合并，使表头为一行、每条记录为一行，再重试)
     *     - `MAPPING_INVALID` (400): The mapping file is not valid. Correct it at the place named, or make one with lz map suggest. (映射文件不正确；按提示位置改正，或用 lz map suggest 重新生成)
     *     - `MAPPING_MISFIT` (400): The source does not fit the mapping or the certificate type. Correct the mapping or the export at the places listed. (来源与映射文件或证照类型不符；按所列各项改正映射文件或导出内容)
     *     - `SOURCE_MALFORMED` (400): The table can't be read. Correct it at the place named and try again; nothing was submitted. (表格格式不正确；按提示位置改正后重试，未提交任何内容)
     *     - `SOURCE_EMPTY` (400): The table holds no record. Check that the export is complete. (表格没有数据行；检查导出是否完整)
     *     - `COLUMN_MISSING` (400): A required column is missing. Say which column gives which claim: lz map suggest makes a mapping, --mapping takes it. Nothing was submitted. (缺少必需的列；用 lz map suggest 生成映射文件，再用 --mapping 指明各列对应哪项信息；未提交任何内容)
     *     - `COLUMN_UNKNOWN` (400): A column is not one of this certificate type. Say which column gives which claim: lz map suggest makes a mapping, --mapping takes it. Nothing was submitted. (有不认识的列；用 lz map suggest 生成映射文件，再用 --mapping 指明各列对应哪项信息；未提交任何内容)
     *     - `COLUMN_DOUBLED` (400): A column is there twice. Correct it at the place named and try again; nothing was submitted. (列名重复；按提示位置改正后重试，未提交任何内容)
     *     - `RECORDS_INVALID` (400): Some records are not valid; nothing was issued. Correct them as the error file says, or issue the good ones with --skip-invalid. (有记录不合格，未签发任何证照；按错误文件逐行改正，或用 --skip-invalid 只签发合格记录)
     *     - `TYPE_UNKNOWN` (404): The catalogue has no such certificate type. lz sample --list shows the types there are. (目录中没有该证照类型；用 lz sample --list 查看可用的类型代码)
     *     - `CATALOGUE_INVALID` (500): A file of the catalogue is not valid. Correct it at the place named and try again; nothing was submitted. (目录文件不正确；按提示位置改正后重试，未提交任何内容)
     *     - `CATALOGUE_CONFLICT` (409): The catalogue conflicts with what is published; nothing was published. Mend what the report names, or leave those types out with --skip-conflicts. (目录与链上已发布的证照类型有冲突，未发布任何类型；按冲突报告改正，或用 --skip-conflicts 跳过冲突的类型)
     *     - `SCHEMA_MISMATCH` (500): The catalogue's file differs from what is published. Use the published version, or have its authority publish a new one. (目录文件与链上登记的不一致；取得已发布版本的目录文件，或由主管机关发布新版本)
     *     - `AGENCY_UNKNOWN` (404): There is no such agency. Check the code; a new agency is registered by its authority first. (没有该发证机关；检查代码；新机关由主管部门先行登记)
     *     - `OPERATOR_UNKNOWN` (404): The account is none of the agency's operators. lz agency show names its accounts. (该账户不是该机关的经办账户；用 lz agency show 查看其账户)
     *     - `DOCUMENT_KEY_UNKNOWN` (404): The agency has no such document key. lz agency show names its keys. (该机关没有该签章密钥；用 lz agency show 查看其密钥编号)
     *     - `RULE_UNKNOWN` (404): There is no such recognition rule. lz recognise list numbers the rules. (没有该互认规则；用 lz recognise list 查看规则编号)
     *     - `GROUP_UNKNOWN` (404): There is no such group of regions. lz recognise group list names them; the national authority defines a new one. (没有该地区组；用 lz recognise group list 查看，或由国家主管部门先行定义)
     *     - `LIST_INVALID` (400): The list has faults; no certificate was changed. Correct the lines named, then run it again. (清单有错误，未变更任何证照；按所示行号改正后重新运行)
     *     - `IDENTIFIER_INVALID` (400): The code is not valid. Correct it at the place named and try again; nothing was submitted. (代码不正确；按提示位置改正后重试，未提交任何内容)
     *     - `FOLDER_NOT_EMPTY` (500): The folder for the output holds something else. Choose an empty folder; nothing was overwritten. (输出文件夹里有其他内容；换一个空文件夹)
     *     - `BATCH_DAMAGED` (500): A batch in the agency's store is incomplete or damaged. Put the store back from its backup, then run lz store check. (机构数据库中的批次不完整或已损坏；从备份恢复机构数据库，再运行 lz store check)
     *     - `CERTIFICATE_NOT_FOUND` (404): There is no such certificate. Check the certificate number, or the root and the index. (没有该证照；检查证照编号，或根和序号)
     *     - `CERTIFICATE_AMBIGUOUS` (400): That names more than one certificate. Say which of those listed, with --type, --agency or more digits of the root. (所指证照不止一份；用 --type、--agency 或更长的根指明是哪一份)
     *     - `STATUS_FINAL` (409): Some of the certificates have a status that is final; nothing was changed. Take those named off the list and try again. (有证照已处于不可变更的状态，未做任何变更；从清单中去掉所示证照后重试)
     *     - `CLAIM_UNKNOWN` (400): The certificate has no such claim. Choose from the names listed. (证照没有该项信息；从列出的名称中选择)
     *     - `CERTIFICATE_UNREADABLE` (400): The certificate file can't be read. Fetch it anew from the agency. (证照文件无法识别；从发证机关重新领取)
     *     - `QR_NOT_FOUND` (400): No QR code can be read in the picture. Use a sharper PNG or JPEG that shows the whole code; take a picture of an SVG or PDF. (图片中没有可识别的二维码；换一张更清晰、完整的 PNG 或 JPEG 图片；SVG、PDF 请先截图或打印后拍照)
     *     - `QR_TOO_LONG` (400): It is too long for one QR code. Disclose fewer claims, or hand over the file. (内容太多，一个二维码放不下；少选几项信息，或改用证照文件)
     *     - `RPC_UNREACHABLE` (503): The chain's node can't be reached. Check the --rpc address, that the node runs, and the network; then try again. (连接不上区块链节点；检查 --rpc 地址、节点是否运行以及网络，然后重试)
     *     - `RPC_TIMEOUT` (503): The chain's node did not answer in time. Check the --rpc address, that the node runs, and the network; then try again. (区块链节点没有及时答复；检查 --rpc 地址、节点是否运行以及网络，然后重试)
     *     - `RPC_FAULT` (503): The chain's node answered with an error. Check the --rpc address, that the node runs, and the network; then try again. (区块链节点答复错误；检查 --rpc 地址、节点是否运行以及网络，然后重试)
     *     - `WRONG_CHAIN` (503): The node is on another chain. Point --rpc at the chain configured; after a local chain was restarted, run lz deploy again. (节点属于另一条链；确认 --rpc 指向登记的链；本地链重启后请重新运行 lz deploy)
     *     - `DIRECTORY_NOT_FOUND` (503): There is no directory contract at that address. Check --directory; after a local chain was restarted, run lz deploy again. (该地址上没有目录合约；检查 --directory；本地链重启后请重新运行 lz deploy)
     *     - `PREDECESSOR_NOT_FROZEN` (503): The deployment says that it succeeds a ledger that did not say so itself. Ask the authority for the right --directory; after a migration that broke off, run lz migrate again. (该部署自称接续的旧账本并未声明由它接续；向主管部门核实 --directory；迁移中断时重新运行 lz migrate)
     *     - `ANNOUNCED` (503): Announced on the chain; it can be carried out once the administrator's delay has run. Run the very same command again at the time named, within a week of it. (已在链上预告，须等管理延迟届满；到所示时间后一周内重新运行同一命令)
     *     - `LEDGER_FROZEN` (503): The ledger is frozen; another deployment goes on in its place. Point --directory to the successor named. (该账本已冻结，由另一部署接续；用 --directory 指定所示的接续目录合约)
     *     - `CHAIN_INCONSISTENT` (503): The node's history has a gap or contradicts itself. Use another node that you trust; lz audit names the place. (节点给出的历史有缺失或不一致；换一个可信节点；用 lz audit 查明位置)
     *     - `CHAIN_REORGANISED` (503): The chain has replaced a block that counted as final; nothing after it is taken. Find out why. If the chain is right, raise confirmations, delete the verifier's ledger file and start again. (链上已视为最终的区块被替换，停止采信；查明原因；链确已改写时提高 confirmations 并删除核验库文件后重新同步)
     *     - `NODES_DISAGREE` (503): The nodes contradict each other and no majority agrees; nothing is taken. Look into the nodes named and take out the wrong one; of three, one may be wrong without harm. (各节点说法不一，无多数一致，停止采信；核对所列节点，停用有问题的一个；三个以上节点可容一个出错)
     *     - `CONTRACT_REFUSED` (409): The contract refused. See the reason named: the key may not do this, the type is not granted, or the change is not legal. (合约拒绝了该操作；查看所示原因，例如密钥无权、证照类型未授权或状态不可变更)
     *     - `INSUFFICIENT_FUNDS` (503): The account can't pay the chain's fee. Fund the account, or use --fund with lz agency add. (账户余额不足以支付手续费；为该账户充值，或在 lz agency add 时使用 --fund)
     *     - `NOT_CONFIRMED` (503): The transaction was sent but is not confirmed yet. Run the same command again later; it will not anchor twice. (交易已发出但尚未确认；稍后重新运行同一命令，不会重复上链)
     *     - `STORE_UNREACHABLE` (503): The agency's database can't be reached. Check LZ_STORE, the user and that the database runs; then run the same command again. (连接不上机构数据库；检查 LZ_STORE 的地址、账号和数据库是否运行，然后重新运行同一命令)
     *     - `STORE_KEY_WRONG` (500): The key that the agency's store is encrypted with is missing, or another one. Put keys/store.key back from its backup; nothing in the store can be read without it. (机构数据库的加密密钥缺失或不是这一把；恢复备份的 keys/store.key；没有它，已存的证照无法读取)
     *     - `CERTIFICATE_ERASED` (410): This certificate was erased. That can't be undone; the agency can issue it anew. (该证照已按要求删除；删除不可恢复；需要时由机构重新签发)
     *     - `JOB_NOT_FOUND` (404): There is no such issuing job. lz jobs list shows the jobs there are. (没有该签发任务；用 lz jobs list 查看任务)
     *     - `JOB_NOT_CANCELLABLE` (409): The job can't be cancelled any more: a transaction of it is mined or may still be. Finish it with lz jobs resume, then revoke what is not wanted with lz status set. (该任务已不能取消：其交易可能已经或仍会上链；用 lz jobs resume 完成任务，然后用 lz status set 吊销不需要的证照)
     *     - `JOB_NEEDS_SOURCE` (409): The job broke off before its source was read, and that source was standard input. Run the same lz issue command again with the same input. (任务中断时尚未读完来源，而来源是标准输入；用同样的输入重新运行原来的 lz issue 命令)
     *     - `LEDGER_RESTARTED` (409): The chain at this address was started anew; the job belongs to the one before. Go on at the chain it was begun on; on the new one run lz issue again, which is another job. (同一地址上的链已从头重建，该任务属于原来的链；连接原来的链后再继续；在新链上请重新运行 lz issue，那是另一个任务)
     *     - `NONCE_CONTESTED` (409): Somebody else sends transactions with the same operator's key. Stop the other one and run the same command again; nothing is anchored twice. If it isn't yours, report the key as stolen at once. (另有程序在用同一经办密钥发送交易；停止另一程序后重新运行同一命令，不会重复上链；若非本机构所为，立即报告密钥泄露)
     *     - `STORE_BUSY` (503): Another process is at work in this store. Wait until it has finished; how far issuing is, lz jobs list shows. (另一个进程正在使用该数据库；等它结束后重试；签发进度用 lz jobs list 查看)
     *     - `STORE_TOO_NEW` (500): The store was made by a newer version of this program. Install that version, then try again. (数据库由更新版本的程序建立；升级程序后重试)
     *     - `STORE_DAMAGED` (500): The service's store is damaged. Put it back from its backup, then start again. (核验服务的数据库已损坏；从备份恢复该数据库，然后重新启动)
     *     - `KEY_PASSWORD_WRONG` (500): That is not the key file's password. Check the password file; a password is never shown in a message. (密钥文件的口令不正确；检查口令文件；口令不会出现在任何提示中)
     *     - `KEY_PASSWORD_MISSING` (500): The key file's password is needed. Run it on a terminal, which asks for it, or name a file with it in LZ_KEY_PASSWORD_FILE. (需要密钥文件的口令；在终端上运行以便输入口令，或用 LZ_KEY_PASSWORD_FILE 指定口令文件)
     *     - `KEY_PASSWORD_UNFIT` (500): The new password will not do. Take 12 characters or more, and type it the same way twice. (新口令不可用；至少 12 个字符，两次输入须一致)
     *     - `SIGNER_UNREACHABLE` (503): The signing service or program did not answer. Check the address or program in the key's file, certificates and the network; then run the same command again. Nothing was sent. (签名服务或签名程序没有应答；检查密钥文件中的地址或程序、证书以及网络，然后重新运行同一命令；未发送任何交易)
     *     - `SIGNER_REFUSED` (500): The signing service refused, or signed something other than it was asked to. Check the account and rules of the signing service; nothing was sent. (签名服务拒绝签名，或签出的不是所要求的交易；检查签名服务的账号和规则；未发送任何交易)
     *     - `KEY_SERVICE_UNREACHABLE` (503): The key service can't be reached. Check LZ_STORE_KEY, certificates, the network, and that the service is unsealed; then run the same command again. (连接不上密钥服务；检查 LZ_STORE_KEY、证书、网络，以及密钥服务是否已解封，然后重新运行同一命令)
     *     - `KEY_SERVICE_REFUSED` (500): The key service refused to wrap or unwrap a data key, or answered nonsense. Check its token, what that may do (encrypt, decrypt), and the key's name. (密钥服务拒绝加密或解密数据密钥，或应答不正确；检查令牌及其权限（encrypt、decrypt）和密钥名称)
     *     - `FONT_LACKS_CHARACTERS` (500): The font lacks these characters; no file was written. Name a font file that has them with --font (TTF or OTF). (字体缺少以下字符，未生成文件；用 --font 指定含有这些字符的字体文件（TTF 或 OTF）)
     *     - `FONT_UNREADABLE` (500): The font file can't be read. Use a TTF or OTF file of a single font. (字体文件无法读取；使用单个字体的 TTF 或 OTF 文件)
     *     - `TEMPLATE_INVALID` (500): The page's template is not valid. Correct it at the place named; catalogue/templates has examples. (版式模板不正确；按所示位置改正；写法见 catalogue/templates)
     *     - `CLAIM_CODE_MALFORMED` (400): That is not a claim code: some character is wrong. Type it again; capitals, spaces and hyphens don't matter. (领证码有误；对照原码重新输入；不区分大小写，空格和短横可省略)
     *     - `CLAIM_CODE_UNKNOWN` (404): There is no such claim code. Check it; if it is right, ask the agency for a new one. (没有该领证码；检查领证码；确认无误仍不行时，请发证机关重新发码)
     *     - `CLAIM_CODE_ENDED` (410): The claim code was used, has run out or was revoked. Ask the agency for a new one; if it wasn't you who used it, tell the agency at once. (领证码已使用、已过期或已撤销；请发证机关重新发码；若非本人使用，请立即告知发证机关)
     *     - `CLAIM_ATTEMPTS_EXCEEDED` (429): Too many attempts. Try again in a quarter of an hour. (尝试次数过多；一刻钟后再试)
     *     - `HOLDER_REQUEST_INVALID` (400): What the holder signed is not a request that this endpoint takes. Check the agency's address and try again; if it still fails, update the wallet. (持证人签名的请求不正确；核对发证机关地址后重新操作；仍不行时更新应用)
     *     - `HOLDER_REQUEST_STALE` (400): The request's time is more than five minutes from this service's. Let the phone set its clock by itself, then try again. (请求的时间与服务端相差超过五分钟；把手机时间设为自动校准后重试)
     *     - `HOLDER_KEY_OTHER` (403): Another key holds this certificate. Use the phone that claimed it last; if it is lost, ask the agency for a new claim code. (该证照现由另一把密钥持有；在原来的手机上操作；手机丢失时，请发证机关重新发领证码)
     *     - `CERTIFICATE_NOT_CURRENT` (409): The certificate can't be used now, so that it is neither given out nor bound. Ask the agency about the reason shown. (证照现在不可用，不能领取或续签；按所示原因联系发证机关)
     *     - `DELEGATION_INVALID` (400): Nobody can be let show the certificate like that. Correct it at the place named. (代亮授权的内容不符合要求；按所示位置改正)
     *     - `DELEGATION_UNKNOWN` (404): This key has no such delegation. List the delegations again. (没有这项代亮授权；刷新授权列表后再试)
     *     - `DELEGATION_ENDED` (410): The delegation was withdrawn or has run out. Ask the holder for a new one. (代亮授权已收回或已到期；请持证人重新授权)
     *     - `BINDING_UNREADABLE` (400): The file is no binding. Use the file that lz binding sign wrote. (绑定文件无法识别；使用 lz binding sign 写出的文件)
     *     - `DOCUMENT_KEY_UNFIT` (503): The document key is not one that the chain trusts for this agency now. Register it with lz agency document-key add, or use one that is registered. (签章密钥未在链上登记或不再受信任；用 lz agency document-key add 登记该密钥，或换用已登记的密钥)
     *     - `USE_CAUSE_REQUIRED` (422): Personal claims are told only to who says what for. Send it again with useCause, or lz verify with --cause; the code was not used up. (查看个人信息须说明事由；在 useCause 中写明事由后重新提交，lz verify 用 --cause；本次未使用亮证码)
     *     - `COUNTER_MISMATCH` (403): The request speaks for another counter or region than the caller's. Leave out audience and region, or give those that the client is registered with. (请求所称的窗口或地区不是调用方自己的；省略 audience 和 region，或按登记的名称和地区填写)
     *     - `PURPOSE_NOT_ALLOWED` (403): This counter does not handle that service item. Name an item that the client is registered for, or ask whoever runs the service. (该窗口不办理此事项；使用本窗口登记的事项，或联系核验服务的运行方)
     *     - `PURPOSE_UNKNOWN` (422): There is no such service item. Give the code or the name of an item that the service is configured with. (没有该事项；按服务配置的事项代码或名称填写)
     *     - `CLAIM_NOT_ALLOWED` (422): The service item has no right to that certificate type or claim. Ask only for what the service item names. (该事项不得索取所列证照或信息；只索取该事项所需的信息)
     *     - `PRESENTATION_REQUEST_UNKNOWN` (404): There is no such presentation request. Check the code. Old requests are deleted: ask the counter for a new one. (没有该亮证请求；核对请求码；过期的请求会被删除，请窗口重新发起)
     *     - `PRESENTATION_REQUEST_EXPIRED` (410): The presentation request has run out. Ask the counter for a new one. (亮证请求已过期；请窗口重新发起请求)
     *     - `PRESENTATION_REQUEST_ANSWERED` (409): The presentation request was answered already. If that was not you, tell the counter and ask for a new one. (该亮证请求已有答复；如不是本人所答，请告知窗口并重新发起请求)
     *     - `PRESENTATION_REQUEST_UNANSWERED` (409): The holder has not answered the request yet. Verify it once the holder has answered. (持证人尚未答复亮证请求；等持证人亮证后再核验)
     *     - `PRESENTATION_REQUEST_SPENT` (409): The answer to this request was verified already, or kept for as long as it may be. Make a new presentation request. (该亮证请求的答复已核验过，或保存期已过；重新发起亮证请求)
     *     - `PRESENTATION_UNFIT` (422): What was shown does not answer the request, which is still open. Show it again as the codes named say. (所亮证照不能答复该请求，请求仍然有效；按所列原因重新亮证)
     *     - `REFERENCE_HOST_UNKNOWN` (422): The code refers to a service that this one does not know. Ask the holder for a code that holds the presentation itself (LZ1:). (亮证码指向的核验服务不在本服务的名单中；请持证人改用离线亮证码（LZ1:）)
     *     - `REFERENCE_UNREACHABLE` (503): The service that keeps the presentation can't be reached. Try again, or ask for a code that holds the presentation itself; it says nothing against the certificate. (连接不上保存亮证内容的核验服务；稍后重试，或请持证人改用离线亮证码；这不表示证照有问题)
     *     - `REFERENCE_SPENT` (410): The code was used before, has run out, or was never given. Ask the holder to renew the code and show it again. (亮证码已使用过或已过期；请持证人刷新亮证码后再次出示)
     *     - `SERVICE_ITEMS_INVALID` (500): The file of service items is not valid. Correct it at the place named and try again; nothing was submitted. (事项文件不正确；按提示位置改正后重试，未提交任何内容)
     *     - `PORT_IN_USE` (503): The port is in use. Choose another with --port. (端口已被占用；用 --port 换一个端口)
     *     - `SERVER_UNREACHABLE` (503): The verifier can't be reached. Try again shortly: it says nothing about a certificate. With a command check --server; without it the chain is asked directly. (连接不上核验服务；稍后重试：这与证照真伪无关；命令行请检查 --server 地址，不加 --server 可直接从链上核验)
     *     - `SERVER_FAULT` (502): The verifier answered with an error. Try again later, or tell whoever runs it. (核验服务答复错误；稍后重试，或联系其运行方)
     *     - `NOT_READY` (503): The service has not read the chain yet. Try again shortly. (服务尚未就绪；稍后重试)
     *     - `HTTP_MALFORMED` (400): That is no HTTP request that can be read. Check the protocol (https), the headers and proxies on the way. (不是正确的 HTTP 请求；检查协议（https）、请求头与中间的代理)
     *     - `HEADERS_TOO_LARGE` (431): The request's address or its headers are too long. What is long, such as a presentation, goes into the body (POST), not into the address. (请求地址或请求头过长；证照与亮证内容放在请求内容（POST）里，不要放在地址里)
     *     - `REQUEST_TOO_SLOW` (408): The request did not arrive in time. Check the network and send it again. (请求发送过慢；检查网络后重试)
     *     - `BODY_MALFORMED` (400): The request's body is not as described. Correct it as /openapi.json says. (请求内容不正确；按 /openapi.json 改正)
     *     - `PARAMETER_INVALID` (400): A parameter of the request is not as described. Correct it as /openapi.json says. (请求参数不正确；按 /openapi.json 改正)
     *     - `BODY_TOO_LARGE` (413): The request's body is too large. Send one certificate at a time. (请求内容过大；每次只提交一份证照)
     *     - `MEDIA_TYPE` (415): The request's body is not JSON. Use Content-Type: application/json. (请求内容类型不支持；使用 Content-Type: application/json)
     *     - `NOT_FOUND` (404): There is nothing at that address. See /openapi.json. (没有该资源；查看 /openapi.json)
     *     - `METHOD_NOT_ALLOWED` (405): That method is not allowed here. See /openapi.json. (不支持该请求方法；查看 /openapi.json)
     *     - `INTERNAL` (500): Something went wrong inside. Run it again; if it persists, report it with the command and version. (程序内部错误；重新运行；仍出现时请附上命令与版本报告)
     *     - `UNAUTHENTICATED` (401): Who calls could not be established. Check that the key is whole and in force; whoever runs the service gives new ones with lz client. An access token or a client certificate will do, too. (未能确认调用方身份；检查密钥是否完整、是否已更换或到期；新密钥由核验服务的管理人员用 lz client 发放。也可用访问令牌或客户端证书)
     *     - `FORBIDDEN` (403): The caller's role does not allow it. Ask whoever runs the service. (调用方无此权限；请联系核验服务的运行方)
     *     - `TOO_MANY_REQUESTS` (429): Too many calls in a minute. Wait as many seconds as Retry-After says, then try again. (调用过于频繁；按 Retry-After 所说的秒数等待后重试)
     *     - `QUOTA_EXCEEDED` (429): The day's quota of verifications is used up. Wait for midnight UTC (8:00 in Beijing), or ask whoever runs the service for more. (今日核验额度已用完；等到世界时零点（北京时间八时），或请运行方调整额度)
     *     - `LOCKED_OUT` (429): Too many wrong credentials: nothing is taken for a while. Wait as Retry-After says and check the key in use; rotate it if someone else may have it. (错误凭证过多，暂停受理；按 Retry-After 所说的秒数等待；请检查所用密钥，怀疑泄露时立即更换)
     *     - `IDENTITY_UNREACHABLE` (503): Who calls can't be established at the moment. Try again shortly; whoever runs the service checks its database and the identity provider. (暂时无法确认调用方身份；稍后重试；运行方请检查服务数据库与身份服务)
     *     - `CLIENT_UNKNOWN` (404): There is no such client, or it has been ended. See lz client list. (没有该调用方；用 lz client list 查看)
     *     - `CREDENTIAL_TAKEN` (409): That credential belongs to a client already. A certificate or a token's subject is registered once; see lz client list. (该凭证已登记给其他调用方；一个证书或令牌主体只能登记一次；用 lz client list 查看)
     *     - `TRUST_PACK_INVALID` (400): The trust pack is not what a service signed. Fetch it anew with lz trust-pack save; if it persists, compare the service's public key. (离线信任包无效；用 lz trust-pack save 重新下载；仍无效时核对服务的公钥)
     *     - `TRUST_PACK_OUT_OF_STEP` (409): The increment goes on from another trust pack. Fetch the whole pack. (增量信任包与现有信任包不衔接；重新下载完整的信任包)
     *     - `REPEAT_DIFFERS` (422): That Idempotency-Key was used for another request. Take a new one for each new request. (该重复提交键已用于另一请求；每次新请求换一个新的键)
     *     - `REPEAT_UNDER_WAY` (409): The same call is still being worked on. Repeat it with the same key in a second. (同一请求正在处理；稍等一秒后用同一个键重试)
     *     - `USE_NOT_KEPT` (503): The use could not be kept. Nothing was given out. Try again shortly; the certificate may well be good. (用证记录未能保存；未给出任何信息，请稍后重试；这不表示证照有问题)
     *     - `USE_LOG_NOT_FOUND` (500): There is no contract of use logs at that address. Name it with --use-log; where there is none yet, run lz log deploy. (找不到用证记录的合约；用 --use-log 指定地址；没有时运行 lz log deploy)
     *     - `SERVICE_KEY_OTHER` (500): That is not the service key that this store was begun with. Copy keys/service.key from the first instance: all instances have the same. (该服务密钥不是此数据库所用的密钥；把第一台实例的 keys/service.key 复制过来；所有实例须用同一密钥)
     *     - `RECEIPT_MALFORMED` (400): It is no receipt, or it is damaged. Check that the file holds the receipt as the service signed it. (不是核验回执，或已损坏；检查文件是否为服务签发的回执原文)
     *     - `RECEIPT_SIGNATURE_INVALID` (400): The receipt's signature is not valid, or its key is not one of the service's. Give the service's own keys (/v1/keys) with --keys; if it still fails, don't rely on it. (回执签名无效，或签名密钥不在该服务的公钥之列；用 --keys 指定该服务 /v1/keys 的公钥；仍不通过则不可采信)
     *     - `HOLDER_NOT_PROVEN` (403): It is not proven that its holder shows it. The holder shows it anew from their own phone, with the audience uses@ and the service's host. (未能证明由持证人本人出示；由持证人用自己的手机为该服务重新亮证（受众为 uses@服务域名）)
     * @enum {string}
     */
    ProblemCode:
      | "USAGE"
      | "NOT_CONFIGURED"
      | "CONFIGURATION_INVALID"
      | "KEY_NOT_FOUND"
      | "KEY_MALFORMED"
      | "FILE_NOT_FOUND"
      | "FILE_EXISTS"
      | "FILE_TOO_LARGE"
      | "FOLDER_NOT_MADE"
      | "DISK_FAILED"
      | "SOURCE_ENCODING"
      | "SOURCE_FORMAT"
      | "SOURCE_CHANGED"
      | "SOURCE_UNREACHABLE"
      | "SOURCE_QUERY"
      | "SHEET_UNKNOWN"
      | "CELLS_MERGED"
      | "MAPPING_INVALID"
      | "MAPPING_MISFIT"
      | "SOURCE_MALFORMED"
      | "SOURCE_EMPTY"
      | "COLUMN_MISSING"
      | "COLUMN_UNKNOWN"
      | "COLUMN_DOUBLED"
      | "RECORDS_INVALID"
      | "TYPE_UNKNOWN"
      | "CATALOGUE_INVALID"
      | "CATALOGUE_CONFLICT"
      | "SCHEMA_MISMATCH"
      | "AGENCY_UNKNOWN"
      | "OPERATOR_UNKNOWN"
      | "DOCUMENT_KEY_UNKNOWN"
      | "RULE_UNKNOWN"
      | "GROUP_UNKNOWN"
      | "LIST_INVALID"
      | "IDENTIFIER_INVALID"
      | "FOLDER_NOT_EMPTY"
      | "BATCH_DAMAGED"
      | "CERTIFICATE_NOT_FOUND"
      | "CERTIFICATE_AMBIGUOUS"
      | "STATUS_FINAL"
      | "CLAIM_UNKNOWN"
      | "CERTIFICATE_UNREADABLE"
      | "QR_NOT_FOUND"
      | "QR_TOO_LONG"
      | "RPC_UNREACHABLE"
      | "RPC_TIMEOUT"
      | "RPC_FAULT"
      | "WRONG_CHAIN"
      | "DIRECTORY_NOT_FOUND"
      | "PREDECESSOR_NOT_FROZEN"
      | "ANNOUNCED"
      | "LEDGER_FROZEN"
      | "CHAIN_INCONSISTENT"
      | "CHAIN_REORGANISED"
      | "NODES_DISAGREE"
      | "CONTRACT_REFUSED"
      | "INSUFFICIENT_FUNDS"
      | "NOT_CONFIRMED"
      | "STORE_UNREACHABLE"
      | "STORE_KEY_WRONG"
      | "CERTIFICATE_ERASED"
      | "JOB_NOT_FOUND"
      | "JOB_NOT_CANCELLABLE"
      | "JOB_NEEDS_SOURCE"
      | "LEDGER_RESTARTED"
      | "NONCE_CONTESTED"
      | "STORE_BUSY"
      | "STORE_TOO_NEW"
      | "STORE_DAMAGED"
      | "KEY_PASSWORD_WRONG"
      | "KEY_PASSWORD_MISSING"
      | "KEY_PASSWORD_UNFIT"
      | "SIGNER_UNREACHABLE"
      | "SIGNER_REFUSED"
      | "KEY_SERVICE_UNREACHABLE"
      | "KEY_SERVICE_REFUSED"
      | "FONT_LACKS_CHARACTERS"
      | "FONT_UNREADABLE"
      | "TEMPLATE_INVALID"
      | "CLAIM_CODE_MALFORMED"
      | "CLAIM_CODE_UNKNOWN"
      | "CLAIM_CODE_ENDED"
      | "CLAIM_ATTEMPTS_EXCEEDED"
      | "HOLDER_REQUEST_INVALID"
      | "HOLDER_REQUEST_STALE"
      | "HOLDER_KEY_OTHER"
      | "CERTIFICATE_NOT_CURRENT"
      | "DELEGATION_INVALID"
      | "DELEGATION_UNKNOWN"
      | "DELEGATION_ENDED"
      | "BINDING_UNREADABLE"
      | "DOCUMENT_KEY_UNFIT"
      | "USE_CAUSE_REQUIRED"
      | "COUNTER_MISMATCH"
      | "PURPOSE_NOT_ALLOWED"
      | "PURPOSE_UNKNOWN"
      | "CLAIM_NOT_ALLOWED"
      | "PRESENTATION_REQUEST_UNKNOWN"
      | "PRESENTATION_REQUEST_EXPIRED"
      | "PRESENTATION_REQUEST_ANSWERED"
      | "PRESENTATION_REQUEST_UNANSWERED"
      | "PRESENTATION_REQUEST_SPENT"
      | "PRESENTATION_UNFIT"
      | "REFERENCE_HOST_UNKNOWN"
      | "REFERENCE_UNREACHABLE"
      | "REFERENCE_SPENT"
      | "SERVICE_ITEMS_INVALID"
      | "PORT_IN_USE"
      | "SERVER_UNREACHABLE"
      | "SERVER_FAULT"
      | "NOT_READY"
      | "HTTP_MALFORMED"
      | "HEADERS_TOO_LARGE"
      | "REQUEST_TOO_SLOW"
      | "BODY_MALFORMED"
      | "PARAMETER_INVALID"
      | "BODY_TOO_LARGE"
      | "MEDIA_TYPE"
      | "NOT_FOUND"
      | "METHOD_NOT_ALLOWED"
      | "INTERNAL"
      | "UNAUTHENTICATED"
      | "FORBIDDEN"
      | "TOO_MANY_REQUESTS"
      | "QUOTA_EXCEEDED"
      | "LOCKED_OUT"
      | "IDENTITY_UNREACHABLE"
      | "CLIENT_UNKNOWN"
      | "CREDENTIAL_TAKEN"
      | "TRUST_PACK_INVALID"
      | "TRUST_PACK_OUT_OF_STEP"
      | "REPEAT_DIFFERS"
      | "REPEAT_UNDER_WAY"
      | "USE_NOT_KEPT"
      | "USE_LOG_NOT_FOUND"
      | "SERVICE_KEY_OTHER"
      | "RECEIPT_MALFORMED"
      | "RECEIPT_SIGNATURE_INVALID"
      | "HOLDER_NOT_PROVEN";
    /** @description A receipt (核验回执). */
    SignedReceipt: {
      /**
       * @description The receipt's number (回执编号).
       * @example 3f6a0c21b9d4-1041
       */
      id: string;
      /** @description The strand (链段): what one process wrote. */
      strand: string;
      /** @description Its line in the strand, from 1. */
      number: number;
      /** @description SHA-256 over this line and, through the one before it, over all before it (链上哈希). */
      hash: string;
      /** @description A JWS in its compact form (RFC 7515), ES256, by a key of /v1/keys. `lz receipt judge` judges it again. */
      receipt: string;
    };
    /** @description What was asked, beside the time. */
    UseQuestion: {
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00Z
       */
      at: string | null;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00Z
       */
      shownAt: string | null;
      /**
       * Format: date-time
       * @example 2026-01-01T00:00:00Z
       */
      asKnownAt: string | null;
      /** @description The counter's region; null where it was not said. */
      region: components["schemas"]["Region"] | null;
      /** @description The service item (事项). */
      purpose: string | null;
      /** @description The service item's code, where the purpose is one of its names. */
      serviceItem: string | null;
      audience: string | null;
      /** @description In hex. */
      nonce: string | null;
      requiresHolder: boolean;
      requiredClaims: string[];
      /** @description Whether it had been accepted before. */
      isReplayed: boolean;
      /** @description In seconds. */
      maxLedgerAge: number;
    };
    /** @description The state of the chain that was judged on. */
    UsePosition: {
      block: number;
      blockHash: string;
      /**
       * Format: date-time
       * @description When a node confirmed it last.
       * @example 2026-01-01T00:00:00Z
       */
      asOf: string;
      /** @description Whether the batch was in a block that was not final yet. */
      isPending: boolean;
    };
    /** @description A client of the service. */
    UseClient: {
      id: string;
      /** @description Null where it is no longer known. */
      name: string | null;
    };
    /** @description One verification (用证记录). No personal data is in it. */
    Use: {
      /**
       * @description The receipt's number (回执编号).
       * @example 3f6a0c21b9d4-1041
       */
      id: string;
      /** @description SHA-256 over this line and, through the one before it, over all before it (链上哈希). */
      hash: string;
      /**
       * Format: date-time
       * @description When.
       * @example 2026-01-01T00:00:00Z
       */
      at: string;
      /**
       * @description How it came to the counter.
       * @enum {string}
       */
      mode: "qr" | "file" | "request" | "reference" | "batch" | "offline";
      /** @description The certificate's pseudonym; null where none was proven. */
      certificate: string | null;
      /** @description SHA-256 of what was shown; null where it could not be read. */
      shown: string | null;
      /** @description Who verified; null for anyone, with a phone. */
      client: string | null;
      /** @description The pseudonym of the cause's words (事由). */
      cause: string | null;
      /** @description Names of the claims that were told, masked or not. */
      claims: string[];
      /** @description Whether it was proven to be shown by its holder, or by a delegate. */
      isHolderProven: boolean;
      /** @description Whether somebody showed it whom its holder let do so (代亮). */
      isByDelegate: boolean;
      question: components["schemas"]["UseQuestion"];
      /** @enum {string} */
      verdict: "accepted" | "rejected" | "indeterminate";
      /** @description A letter for each of the ten checks: pass, fail, unknown, not asked for, blocked by another. */
      results: string;
      /** @description Of the checks that failed or are unknown. */
      codes: components["schemas"]["CheckCode"][];
      /** @description Null where the chain had never been reached. */
      position: components["schemas"]["UsePosition"] | null;
    };
    /** @description Newest first. */
    UsePage: {
      items: components["schemas"]["Use"][];
      /** @description The cursor of the next page; null where this is the last. */
      next: string | null;
    };
    /** @description A use of a certificate, as its holder is told. */
    HolderUse: {
      /**
       * @description The receipt's number (回执编号).
       * @example 3f6a0c21b9d4-1041
       */
      id: string;
      /**
       * Format: date-time
       * @description When.
       * @example 2026-01-01T00:00:00Z
       */
      at: string;
      /** @description Who; null for anyone, with a phone, who is told no claims. */
      client: components["schemas"]["UseClient"] | null;
      /** @description The counter's region; null where it was not said. */
      region: components["schemas"]["Region"] | null;
      /** @description The service item (事项). */
      purpose: string | null;
      /** @description Names of the claims that were told, masked or not. */
      claims: string[];
      /**
       * @description How it came to the counter.
       * @enum {string}
       */
      mode: "qr" | "file" | "request" | "reference" | "batch" | "offline";
      /** @description Whether it was proven to be shown by its holder, or by a delegate. */
      isHolderProven: boolean;
      /** @description Whether somebody showed it whom its holder let do so (代亮). */
      isByDelegate: boolean;
      /** @enum {string} */
      verdict: "accepted" | "rejected" | "indeterminate";
    };
    /** @description Newest first. */
    HolderUsePage: {
      items: components["schemas"]["HolderUse"][];
      /** @description The cursor of the next page; null where this is the last. */
      next: string | null;
    };
    /** @description What a holder shows to be told where their certificate was used. */
    HolderUseQuery: {
      /** @description The text of a code that the holder's wallet made for the audience `uses@HOST`, HOST being this service's name (二维码文本). */
      presentation: string;
      /** @description How many to answer at most, 50 by default. */
      limit?: number;
      /** @description The `next` of the page before, as it is. */
      cursor?: string;
    };
    /** @description A public key (RFC 7517) on P-256. */
    ServiceKey: {
      /** @constant */
      kty: "EC";
      /** @constant */
      crv: "P-256";
      /** @constant */
      use: "sig";
      /** @constant */
      alg: "ES256";
      /** @description Its thumbprint (RFC 7638). */
      kid: string;
      /** @description In base64url. */
      x: string;
      /** @description In base64url. */
      y: string;
    };
    /** @description A JWK set (RFC 7517, 5). */
    ServiceKeys: {
      /** @description The one that signs now first; those of before stay. */
      keys: components["schemas"]["ServiceKey"][];
    };
    /** @description One verification without a network. No personal data is in it. */
    OfflineUse: {
      /**
       * @description When; at most 90 days ago.
       * @example 2026-04-11T00:00:00Z
       */
      at: string;
      /** @description Null where none was proven. */
      certificate: components["schemas"]["OfflineCertificate"] | null;
      /** @description SHA-256 of what was shown, as docs/use-log.md says; null where it could not be read. */
      shown: string | null;
      /**
       * @description What for (事由); only a pseudonym of it is kept.
       * @example 办理婚姻登记信息查询
       */
      useCause: string | null;
      /** @description Whether somebody showed it for its holder (代亮). */
      isByDelegate: boolean;
      /** @description Names of the claims that were told, masked or not. */
      claims: string[];
      question: components["schemas"]["OfflineQuestion"];
      /** @description A letter for each of the ten checks: pass, fail, unknown, not asked for, blocked by another. */
      results: string;
      /** @description Of the checks that failed or are unknown. */
      codes: components["schemas"]["CheckCode"][];
      /** @description Null where there was no trust pack. */
      position: components["schemas"]["OfflinePosition"] | null;
    };
    /** @description Which certificate: from it the service makes its pseudonym, and forgets it. */
    OfflineCertificate: {
      /**
       * @description unified social credit code of the agency, 18 characters (统一社会信用代码)
       * @example 11460200MB1234567A
       */
      agency: string;
      /** @description Merkle root of the batch, 0x and 64 lower-case hex digits (批次根) */
      root: string;
      /** @description Its number in the batch. */
      index: number;
    };
    /** @description What was asked, beside the time. The audience is the counter's registered name. */
    OfflineQuestion: {
      /** @description The counter's region; null where it was not said. */
      region: components["schemas"]["Region"] | null;
      /** @description The service item (事项). */
      purpose: string | null;
      /** @description Its code, where `purpose` says it otherwise. */
      serviceItem: string | null;
      /** @description Whether the matter demanded that the holder shows it. */
      requiresHolder: boolean;
      /** @description Claims that had to be shown. */
      requiredClaims: string[];
      /** @description Whether this device had accepted it before. */
      isReplayed: boolean;
      /** @description The limit of the pack's age, in seconds. */
      maxLedgerAge: number;
    };
    /** @description What the trust pack said of itself. */
    OfflinePosition: {
      /** @description The block that it was made at. */
      block: number;
      blockHash: string;
      /**
       * @description When a node confirmed it last.
       * @example 2026-04-11T00:00:00Z
       */
      asOf: string;
      /** @description Whether the batch was in a block that was not final yet. */
      isPending: boolean;
    };
    /** @description Uses of one counter. */
    OfflineUses: {
      /** @description The oldest first. */
      uses: components["schemas"]["OfflineUse"][];
    };
    /** @description Where they are kept. */
    OfflineUseReceipts: {
      /** @description In the order of the uses (核验回执). */
      receipts: components["schemas"]["UseReceipt"][];
    };
    /** @description Whoever calls, as it is registered. */
    OwnClient: {
      /**
       * @description The client's id.
       * @example C-7F3K2Q9X
       */
      id: string;
      /** @description What citizens are told who asks (窗口名称). */
      name: string;
      /** @enum {string} */
      role: "counter" | "agency" | "authority" | "auditor" | "administrator";
      /** @description Where it is; null where its role has no place. */
      region: components["schemas"]["Region"] | null;
      /** @description Codes of the service items it handles; null for all. */
      serviceItems: string[] | null;
    };
  };
  responses: never;
  parameters: {
    /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
    AcceptLanguage: string;
    /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
    RequestId: string;
    /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
    IfNoneMatch: string;
  };
  requestBodies: never;
  headers: {
    /** @description The call's id in the log: quote it when asking for help. */
    RequestId: string;
    /** @description Send it as If-None-Match, and 304 says that the answer is as before. */
    ETag: string;
    /** @description How many calls in how many seconds (draft-ietf-httpapi-ratelimit-headers): `"client";q=600;w=60`. */
    RateLimitPolicy: string;
    /** @description How many are left, and for how many seconds: `"client";r=599;t=60`. */
    RateLimit: string;
    /** @description After how many seconds to try again. */
    RetryAfter: number;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  createVerification: {
    parameters: {
      query?: never;
      header?: {
        /** @description Of the caller's making, new for each call, such as a UUID (重复提交键). With the same one the same call may be repeated for a minute, at any instance: it is done once, and answered alike. For callers with a credential. */
        "Idempotency-Key"?: string;
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 262144 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["VerificationRequest"];
      };
    };
    responses: {
      /** @description A verdict, also where it is rejected or indeterminate. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Answer"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `COUNTER_MISMATCH`: The request speaks for another counter or region than the caller's. `PURPOSE_NOT_ALLOWED`: This counter does not handle that service item. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_REQUEST_UNKNOWN`: There is no such presentation request. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_REQUEST_UNANSWERED`: The holder has not answered the request yet. `PRESENTATION_REQUEST_SPENT`: The answer to this request was verified already, or kept for as long as it may be. `REPEAT_UNDER_WAY`: The same call is still being worked on. */
      409: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `REFERENCE_SPENT`: The code was used before, has run out, or was never given. `PRESENTATION_REQUEST_EXPIRED`: The presentation request has run out. */
      410: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `USE_CAUSE_REQUIRED`: Personal claims are told only to who says what for. `REFERENCE_HOST_UNKNOWN`: The code refers to a service that this one does not know. `REPEAT_DIFFERS`: That Idempotency-Key was used for another request. */
      422: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `QUOTA_EXCEEDED`: The day's quota of verifications is used up. `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `REFERENCE_UNREACHABLE`: The service that keeps the presentation can't be reached. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  createVerificationBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description Of the caller's making, new for each call, such as a UUID (重复提交键). With the same one the same call may be repeated for a minute, at any instance: it is done once, and answered alike. For callers with a credential. */
        "Idempotency-Key"?: string;
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 2097152 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["VerificationBatch"];
      };
    };
    responses: {
      /** @description One end for each item. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["VerificationBatchAnswer"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `FORBIDDEN`: The caller's role does not allow it. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `REPEAT_UNDER_WAY`: The same call is still being worked on. */
      409: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `REPEAT_DIFFERS`: That Idempotency-Key was used for another request. */
      422: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `QUOTA_EXCEEDED`: The day's quota of verifications is used up. `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  findPresentationRequest: {
    parameters: {
      query?: {
        /** @description Six digits (请求码). Required. */
        code?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PresentationRequest"];
        };
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_REQUEST_UNKNOWN`: There is no such presentation request. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  createPresentationRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description Of the caller's making, new for each call, such as a UUID (重复提交键). With the same one the same call may be repeated for a minute, at any instance: it is done once, and answered alike. For callers with a credential. */
        "Idempotency-Key"?: string;
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 262144 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["PresentationRequestOrder"];
      };
    };
    responses: {
      /** @description The request as the counter shows it to the holder. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MadePresentationRequest"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PURPOSE_NOT_ALLOWED`: This counter does not handle that service item. `FORBIDDEN`: The caller's role does not allow it. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `REPEAT_UNDER_WAY`: The same call is still being worked on. */
      409: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PURPOSE_UNKNOWN`: There is no such service item. `CLAIM_NOT_ALLOWED`: The service item has no right to that certificate type or claim. `REPEAT_DIFFERS`: That Idempotency-Key was used for another request. */
      422: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showPresentationRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path: {
        /** @description The request's id (请求编号). */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The request. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PresentationRequest"];
        };
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_REQUEST_UNKNOWN`: There is no such presentation request. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  answerPresentationRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path: {
        /** @description The request's id (请求编号). */
        id: string;
      };
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 262144 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["ShownPresentation"];
      };
    };
    responses: {
      /** @description The counter can verify it now. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnsweredRequest"];
        };
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. `BODY_MALFORMED`: The request's body is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_REQUEST_UNKNOWN`: There is no such presentation request. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_REQUEST_ANSWERED`: The presentation request was answered already. */
      409: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_REQUEST_EXPIRED`: The presentation request has run out. */
      410: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_UNFIT`: What was shown does not answer the request, which is still open. */
      422: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  createReference: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 262144 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["ShownPresentation"];
      };
    };
    responses: {
      /** @description The code. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Reference"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `PRESENTATION_UNFIT`: What was shown does not answer the request, which is still open. */
      422: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  takeReferred: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 262144 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["ReferenceTaking"];
      };
    };
    responses: {
      /** @description What the holder shows. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ShownPresentation"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `REFERENCE_SPENT`: The code was used before, has run out, or was never given. */
      410: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listServiceItems: {
    parameters: {
      query?: {
        /** @description Only items that may ask for this certificate type (证照类型代码). */
        type?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The service items, in the order of the service's own list. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ServiceItemList"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showReceipt: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path: {
        /** @description As the answer's `receipt.id`. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The receipt. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SignedReceipt"];
        };
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `FORBIDDEN`: The caller's role does not allow it. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_FOUND`: There is nothing at that address. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listUses: {
    parameters: {
      query?: {
        /** @description Only what this client verified (调用方). */
        client?: string;
        /** @description Not before this time (UTC), such as 2026-04-11T00:00:00Z. */
        from?: string;
        /** @description Not after this time (UTC), such as 2026-04-11T00:00:00Z. */
        to?: string;
        /** @description How many to answer at most (每页条数), 100 by default. */
        limit?: number;
        /** @description The next page (下一页). */
        cursor?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of uses. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UsePage"];
        };
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `FORBIDDEN`: The caller's role does not allow it. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  keepOfflineUses: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 1048576 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["OfflineUses"];
      };
    };
    responses: {
      /** @description A receipt for each. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OfflineUseReceipts"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `COUNTER_MISMATCH`: The request speaks for another counter or region than the caller's. `FORBIDDEN`: The caller's role does not allow it. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `USE_NOT_KEPT`: The use could not be kept. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showOwnClient: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The client. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OwnClient"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `FORBIDDEN`: The caller's role does not allow it. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  queryUses: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 262144 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["HolderUseQuery"];
      };
    };
    responses: {
      /** @description One page of uses. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["HolderUsePage"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `HOLDER_NOT_PROVEN`: It is not proven that its holder shows it. */
      403: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  callGbt36906: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path: {
        /** @description The call's name (接口名). */
        call: string;
      };
      cookie?: never;
    };
    /** @description UTF-8, uncompressed, at most 262144 bytes. */
    requestBody: {
      content: {
        "application/json": components["schemas"]["Gbt36906Call"];
      };
    };
    responses: {
      /** @description The envelope. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Gbt36906Answer"];
        };
      };
      /** @description `BODY_MALFORMED`: The request's body is not as described. `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `BODY_TOO_LARGE`: The request's body is too large. */
      413: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `MEDIA_TYPE`: The request's body is not JSON. */
      415: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. `QUOTA_EXCEEDED`: The day's quota of verifications is used up. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. `USE_NOT_KEPT`: The use could not be kept. `REFERENCE_UNREACHABLE`: The service that keeps the presentation can't be reached. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listAgencies: {
    parameters: {
      query?: {
        /** @description Only agencies of this region and those below it (行政区划). */
        region?: string;
        /** @description How many items to answer at most (每页条数), 100 by default. */
        limit?: number;
        /** @description The `next` of the page before (下一页), as it is; without it the first page. */
        cursor?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of agencies. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AgencyPage"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showAgency: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path: {
        /** @description Its unified social credit code (统一社会信用代码). */
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The agency. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Agency"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `AGENCY_UNKNOWN`: There is no such agency. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showAgencyHistory: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path: {
        /** @description Its unified social credit code (统一社会信用代码). */
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its history. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AgencyHistory"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `AGENCY_UNKNOWN`: There is no such agency. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listTypes: {
    parameters: {
      query?: {
        /** @description How many items to answer at most (每页条数), 100 by default. */
        limit?: number;
        /** @description The `next` of the page before (下一页), as it is; without it the first page. */
        cursor?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of certificate types. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TypePage"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showTypeRecognition: {
    parameters: {
      query?: {
        /** @description The service item that it is wanted for (事项). */
        serviceItem?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path: {
        /** @description The type's code. */
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The matrix, with the rules that decide. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RecognitionMatrix"];
        };
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TYPE_UNKNOWN`: The catalogue has no such certificate type. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listBatches: {
    parameters: {
      query?: {
        /** @description Only those of this agency (发证机关). */
        agency?: string;
        /** @description Only those of this type. */
        type?: string;
        /** @description Only what was recorded after this block (区块号): the `ledger.block` of an earlier answer gives what is new. */
        since?: number;
        /** @description How many items to answer at most (每页条数), 100 by default. */
        limit?: number;
        /** @description The `next` of the page before (下一页), as it is; without it the first page. */
        cursor?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of batches. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["BatchPage"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path: {
        /** @description Who anchored it (发证机关), by its unified social credit code. */
        agency: string;
        /** @description Its Merkle root (批次根). */
        root: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The batch. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Batch"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_FOUND`: There is nothing at that address. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showCertificateStatus: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path: {
        /** @description Who anchored it (发证机关), by its unified social credit code. */
        agency: string;
        /** @description Its Merkle root (批次根). */
        root: string;
        /** @description Its number in the batch, from 0 (批次内序号). */
        index: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Its status now, and before. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CertificateStatus"];
        };
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_FOUND`: There is nothing at that address. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listStatuses: {
    parameters: {
      query?: {
        /** @description Only what was recorded after this block (区块号): the `ledger.block` of an earlier answer gives what is new. */
        since?: number;
        /** @description How many items to answer at most (每页条数), 100 by default. */
        limit?: number;
        /** @description The `next` of the page before (下一页), as it is; without it the first page. */
        cursor?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of changes. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StatusEventPage"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listRecognitionRules: {
    parameters: {
      query?: {
        /** @description Only rules by which this region, or one below it, accepts (认可地区). */
        recognising?: string;
        /** @description Only rules about issuers in this region or one below it (签发地区), be it as one of a group. */
        recognised?: string;
        /** @description Only rules that name this certificate type; rules for any type are left out. */
        type?: string;
        /** @description How many items to answer at most (每页条数), 100 by default. */
        limit?: number;
        /** @description The `next` of the page before (下一页), as it is; without it the first page. */
        cursor?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One page of recognition rules. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RulePage"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showOverview: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The overview. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Overview"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  fetchTrustPack: {
    parameters: {
      query?: {
        /** @description Batches of agencies that counters of this region may accept or must refuse (窗口所在行政区划); all where nothing is said. */
        region?: string;
        /** @description Batches of this type alone. */
        type?: string;
        /** @description With `root`: this one batch, with all that a verdict on it needs. */
        agency?: string;
        /** @description With `agency`: the batch's root. */
        root?: string;
        /** @description The `place` of the pack that is held, for what came after it. Where that can't be told, the pack is whole. */
        after?: string;
      };
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The pack. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/vnd.liangzheng.trust-pack+cbor": components["schemas"]["TrustPack"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showKeys: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The keys. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ServiceKeys"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showPages: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The settings. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PageSettings"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_FOUND`: There is nothing at that address. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  tellHealth: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The process is up. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  tellReadiness: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Verdicts are given. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Ready"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_READY`: The service has not read the chain yet. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showDocument: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description An OpenAPI 3.1 document. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OpenApi"];
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listErrors: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Every code. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorList"];
          "text/html": string;
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  showError: {
    parameters: {
      query?: never;
      header?: {
        /** @description In which language a problem's `title` is, and in which script Chinese words are (语言): zh-CN, zh-HK or en. */
        "Accept-Language"?: components["parameters"]["AcceptLanguage"];
        /** @description Of the caller's making, to find the call in the log (请求编号); otherwise one is drawn. */
        "X-Request-Id"?: components["parameters"]["RequestId"];
        /** @description An ETag had before: where the answer is still that, it is 304 without a body. */
        "If-None-Match"?: components["parameters"]["IfNoneMatch"];
      };
      path: {
        /** @description The code (错误代码). */
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The code. */
      200: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ErrorWords"];
          "text/html": string;
        };
      };
      /** @description As the answer with that ETag; how old it is, is not said. */
      304: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
          RateLimit: components["headers"]["RateLimit"];
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `PARAMETER_INVALID`: A parameter of the request is not as described. */
      400: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `UNAUTHENTICATED`: Who calls could not be established. */
      401: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `NOT_FOUND`: There is nothing at that address. */
      404: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `TOO_MANY_REQUESTS`: Too many calls in a minute. `LOCKED_OUT`: Too many wrong credentials: nothing is taken for a while. */
      429: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `INTERNAL`: Something went wrong inside. */
      500: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `IDENTITY_UNREACHABLE`: Who calls can't be established at the moment. */
      503: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          "Retry-After": components["headers"]["RetryAfter"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Any other problem; its code says which. */
      default: {
        headers: {
          "X-Request-Id": components["headers"]["RequestId"];
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
}
