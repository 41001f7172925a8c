export type { ProbeResult } from "./health";
export type { Hosts } from "./hosts";
export { loopbackAddresses, serveDns, type DnsOptions, type DnsServer } from "./server";
