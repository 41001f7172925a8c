import type { OperationsOf } from "../../context";
import type { OperationTypes } from "../../models/acm-pca";
import { paginate } from "../../pagination";
import { findAuthority, tagSet } from "./authorityTable";

/** Tags of private CAs. */
export const tagOperations: OperationsOf<OperationTypes> = {
    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_TagCertificateAuthority.html */
    TagCertificateAuthority: ({ CertificateAuthorityArn, Tags }, context) => {
        tagSet.add(context, findAuthority(context, CertificateAuthorityArn).arn, Tags);
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_UntagCertificateAuthority.html */
    UntagCertificateAuthority: ({ CertificateAuthorityArn, Tags }, context) => {
        tagSet.removeFitting(context, findAuthority(context, CertificateAuthorityArn).arn, Tags);
    },

    /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_ListTags.html */
    ListTags: ({ CertificateAuthorityArn, MaxResults = 50, NextToken }, context) => {
        const { arn } = findAuthority(context, CertificateAuthorityArn);
        const { shown, token } = paginate(tagSet.list(context, arn), MaxResults, NextToken);
        return { Tags: shown, NextToken: token };
    },
};
