import type { OperationContext } from "../../context";
import { domainConfigurations } from "../iot/domainConfigurationTable";

/** The resources of the region that use a certificate, which DescribeCertificate lists as `InUseBy`. */
export function usersOf(context: OperationContext, certificateArn: string): string[] {
    return context
        .table(domainConfigurations)
        .list()
        .filter(({ serverCertificateArns, validationCertificateArn }) =>
            [...serverCertificateArns, validationCertificateArn].includes(certificateArn),
        )
        .map(({ arn }) => arn);
}
