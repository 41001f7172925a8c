import type { OperationContext } from "../context";
import { issueCertificate, readSigningRequest, signRequest, type Issued } from "./certificates";
import { storedSigner } from "./storedSigners";

const subject = "CN=Sandbox IoT Device CA, O=Amazon Sandbox, C=US";

/** What AWS IoT Core writes into the certificates that it makes. @see https://docs.aws.amazon.com/iot/latest/developerguide/device-certs-create.html */
const deviceSubject = "CN=AWS IoT Certificate";
const deviceNotAfter = new Date("2049-12-31T23:59:59Z");

/** The CA with which AWS IoT Core signs devices' certificates of its own making. */
export class DeviceAuthority {
    constructor(private readonly context: OperationContext) {}

    /** A certificate for a new key pair. */
    issueWithKey(): Issued {
        const signer = this.signer();
        const content = { subject: deviceSubject, ...this.validity() };
        return this.context.prepared(`device certificate ${signer.certificate}`, () =>
            issueCertificate(content, "RSA_2048", signer),
        );
    }

    /** The certificate for a signing request; `undefined` where it is none. */
    issueFor(request: string): string | undefined {
        const signer = this.signer();
        return this.context.prepared(`device certificate ${signer.certificate}`, async () => {
            const read = await readSigningRequest(request);
            return read && signRequest(read, this.validity(), signer);
        });
    }

    private validity(): { notBefore: Date; notAfter: Date } {
        return { notBefore: new Date(this.context.now), notAfter: deviceNotAfter };
    }

    private signer(): Issued {
        return storedSigner(this.context, subject, () =>
            issueCertificate({ subject, isAuthority: true, pathLength: 0, ...this.validity() }, "RSA_2048"),
        );
    }
}
