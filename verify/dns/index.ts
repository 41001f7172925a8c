export { lookAtDns, type DnsSettings } from "./dns";
export { dnsFaults } from "./faults";
