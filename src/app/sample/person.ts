/** Made-up people: name, sex, birth date and identity number that fit each other. */
import { dateOfDay } from "../../core/identifiers/calendar-date.ts";
import { IDS_PER_BIRTH_DATE, fictitiousCitizenId, sexOfCitizenId } from "./fictitious.ts";
import type { Prng } from "./prng.ts";

export interface Person {
  readonly name: string;
  readonly sex: "男" | "女";
  readonly birthDate: string;
  readonly ethnicity: string;
  readonly citizenId: string;
}

/** Days since 1970 between which a person is born, the later one excluded. */
export interface BirthDays {
  readonly first: number;
  readonly end: number;
}

const SURNAMES = Array.from("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧");
const COMPOUND_SURNAMES = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫"];
const GIVEN = {
  男: Array.from("伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆"),
  女: Array.from("芳娜敏静丽艳娟霞秀燕玲桂英华玉萍红梅琳雪慧莹婷倩颖"),
};
const OTHER_NAMES = {
  男: ["艾力·吐尔逊", "买买提·卡德尔", "扎西·多吉", "巴特尔·苏和", "岩温·罕"],
  女: ["阿依古丽·艾山", "古丽娜尔·买买提", "卓玛·央金", "其其格·乌兰", "阿依木·玉香"],
};
const OTHER_ETHNICITIES = ["维吾尔族", "维吾尔族", "藏族", "蒙古族", "傣族"];
/** Birth days are taken from one of so many residue classes, so that later numbers differ too. */
const CLASSES = 16;

/** People of different `n` below 16 × `IDS_PER_BIRTH_DATE` (49 million) have different numbers. */
export function makePerson(prng: Prng, n: number, { first, end }: BirthDays): Person {
  const residue = Math.floor(n / IDS_PER_BIRTH_DATE) % CLASSES;
  const day = first + CLASSES * prng.below(Math.floor((end - first) / CLASSES)) + residue;
  const birthDate = dateOfDay(day);
  const sex = sexOfCitizenId(n);
  const citizenId = fictitiousCitizenId(n, birthDate);
  return { sex, birthDate, citizenId, ...makeName(prng, sex) };
}

/** Of twenty, one has a compound surname and one a name with a dot; a third have one given character. */
function makeName(prng: Prng, sex: "男" | "女"): Pick<Person, "name" | "ethnicity"> {
  const kind = prng.below(20);
  if (kind === 0) {
    const i = prng.below(OTHER_ETHNICITIES.length);
    return { name: OTHER_NAMES[sex][i] as string, ethnicity: OTHER_ETHNICITIES[i] as string };
  }
  const surname = prng.pick(kind === 1 ? COMPOUND_SURNAMES : SURNAMES);
  const second = prng.below(3) === 0 ? "" : prng.pick(GIVEN[sex]);
  return { name: surname + prng.pick(GIVEN[sex]) + second, ethnicity: "汉族" };
}
