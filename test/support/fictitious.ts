/** Whether identifiers lie in the ranges that belong to nobody: see src/app/sample/fictitious.ts. */

export function isFictitiousCitizenId(id: string): boolean {
  return /^\d{2}99\d{13}[\dX]$/.test(id);
}

export function isFictitiousPhone(phone: string): boolean {
  return /^154\d{8}$/.test(phone);
}

/** Also the codes of this project's demonstration agencies, whose organisation codes are made up. */
export function isFictitiousCreditCode(code: string): boolean {
  return /^..\d{2}99[0-9A-Z]{12}$/.test(code) || /^11\d{6}MB1A[09]0/.test(code);
}
