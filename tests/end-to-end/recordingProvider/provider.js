"use strict";
/**
 * A provider that takes everything, for resources that AWS's own provider would refuse before the policy pack has seen
 * them. In a preview the engine takes the inputs for the outputs.
 */
const pulumi = require("@pulumi/pulumi");

exports.run = (version) =>
    pulumi.provider.main(
        {
            version,
            check: async (_urn, _olds, news) => ({ inputs: news, failures: [] }),
        },
        process.argv.slice(2),
    );
