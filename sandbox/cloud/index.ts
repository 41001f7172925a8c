export type { CertificateOrder, OrderedCertificate } from "./authority/orders";
export { Cloud, sandboxAccount, type CloudOptions, type CloudRequest, type CloudResource } from "./cloud";
export { AwsError } from "./errors";
export type { Misbehaviour } from "./misbehaviours";
export { readTrail, type TrailEntry } from "./trail";
export type { ServedCertificate } from "./services/iot/servedCertificates";
export type { AnsweringZone } from "./services/route53/answeringZones";
