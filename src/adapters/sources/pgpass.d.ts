/** The password file of PostgreSQL's own tools; the package brings no types. */
declare module "pgpass" {
  interface Connection {
    readonly host: string;
    readonly port: number;
    readonly database: string;
    readonly user: string;
  }
  /** Looks into PGPASSFILE, or ~/.pgpass; told nothing where there is no line for the connection. */
  export default function pgpass(
    connection: Connection,
    told: (password: string | undefined) => void,
  ): void;
}
