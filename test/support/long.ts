/** Whether all sizes are tried, as by `./lz test long`, or only as many as every day has time for. */
export const isLong = process.env["LZ_LONG"] !== undefined;
