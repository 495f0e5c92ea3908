/** What keeps a certificate type of a catalogue from being published beside what is on the chain. */
import type { Words } from "../core/words.ts";

export const CATALOGUE_CONFLICTS = {
  NAME_OF_ANOTHER: {
    zh: "地方证照类型与国家证照类型同名",
    en: "A regional type has the name of a national one.",
  },
  REGION_DIFFERS: {
    zh: "该代码已用于其他地区",
    en: "The code is another region's already.",
  },
  VERSION_DIFFERS: {
    zh: "同一版本已发布，内容不同",
    en: "The same version is published with other content.",
  },
  VERSION_MISSING: {
    zh: "版本号不连续，缺少前面的版本",
    en: "A version before this one is missing.",
  },
  TYPE_RETIRED: {
    zh: "该证照类型已停用，不再有新版本",
    en: "The type is retired and gets no new version.",
  },
} as const satisfies Record<string, Words>;

export type CatalogueConflictCode = keyof typeof CATALOGUE_CONFLICTS;

export interface CatalogueConflict {
  readonly code: CatalogueConflictCode;
  readonly type: string;
  readonly version: number;
  /** In Chinese. */
  readonly name: string;
  readonly region: string;
  /** The other type, region or version that it conflicts with. */
  readonly detail: string;
}
