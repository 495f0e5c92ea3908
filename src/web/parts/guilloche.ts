/** Lines that interlace, as on paper that is hard to copy: paths of SVG. No emblem and no seal of anyone's. */

/** Waves of one period across a tile that repeats, each shifted against the last. */
export function wavePaths(width: number, height: number, waves: number): string[] {
  return Array.from({ length: waves }, (_, wave) => {
    return pathOf(24, (share) => {
      const angle = 2 * Math.PI * share + (wave * Math.PI) / waves;
      return [share * width, height / 2 + (height / 2 - 2) * Math.sin(angle)];
    });
  });
}

/** The same, from top to bottom. */
export function uprightWavePaths(width: number, height: number, waves: number): string[] {
  return Array.from({ length: waves }, (_, wave) => {
    return pathOf(24, (share) => {
      const angle = 2 * Math.PI * share + (wave * Math.PI) / waves;
      return [width / 2 + (width / 2 - 2) * Math.sin(angle), share * height];
    });
  });
}

export interface Rosette {
  readonly radius: number;
  /** How deep the petals are, as a share of the radius. */
  readonly depth: number;
  readonly petals: number;
  readonly turns: number;
}

/** A closed line around 0, 0 that swings between two radii, several times shifted. */
export function rosettePaths({ radius, depth, petals, turns }: Rosette): string[] {
  return Array.from({ length: turns }, (_, turn) => {
    const shift = (turn * 2 * Math.PI) / turns;
    return pathOf(petals * 12, (share) => {
      const angle = 2 * Math.PI * share;
      const reach = radius * (1 - depth / 2 + (depth / 2) * Math.sin(petals * angle + shift));
      return [reach * Math.cos(angle), reach * Math.sin(angle)];
    });
  });
}

function pathOf(steps: number, at: (share: number) => readonly [number, number]): string {
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    return at(i / steps)
      .map((part) => part.toFixed(2))
      .join(" ");
  });
  return `M${points.join("L")}`;
}
