/** Which addresses are counted as one. */

const GROUPS_OF_A_NETWORK = 4;
const ALL_GROUPS = 8;

/** An IPv4 address as it is; of IPv6 the /64, of which one household or machine has all. */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [before = "", after] = address.toLowerCase().split("::");
  const start = groupsOf(before);
  const end = groupsOf(after ?? "");
  const gap = after === undefined ? 0 : Math.max(0, ALL_GROUPS - start.length - end.length);
  const groups = [...start, ...Array<string>(gap).fill("0"), ...end];
  return `${groups.slice(0, GROUPS_OF_A_NETWORK).map(plain).join(":")}::/64`;
}

function groupsOf(text: string): string[] {
  return text === "" ? [] : text.split(":");
}

function plain(group: string): string {
  return group.replace(/^0+(?=.)/, "");
}
