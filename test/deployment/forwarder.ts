/** An address behind which what stands there can be changed, as a floating address of two databases has it. */
import { once } from "node:events";
import { connect, createServer } from "node:net";
import type { Socket } from "node:net";

export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface Forwarder {
  /** Breaks off what is open: it was with the one that stood there before. */
  pointTo(place: Place): void;
  close(): Promise<void>;
}

export async function openForwarder(at: Place, to: Place): Promise<Forwarder> {
  let target = to;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one
        .on("error", () => other.destroy())
        .on("close", () => {
          open.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  server.listen(at.port, at.host);
  await once(server, "listening");
  const breakOff = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    pointTo: (place) => {
      target = place;
      breakOff();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        breakOff();
      }),
  };
}
