/** Addresses without a dot that are the service's, and no page's: its pages and what keeps them on a device must agree. */
const OF_THE_SERVICE = /^\/(?:v1|errors|metrics|healthz|readyz)(?:\/|$)/;

export function isServicePath(path: string): boolean {
  return OF_THE_SERVICE.test(path);
}
