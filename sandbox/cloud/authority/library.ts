import "reflect-metadata"; // must be there before the library is loaded
import type * as X509 from "@peculiar/x509";

/** Loaded with the first certificate that is made: most calls of the cloud make none. */
export function library(): Promise<typeof X509> {
    return import("@peculiar/x509");
}
