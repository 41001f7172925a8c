/**
 * The version of the contract with programs that read this one's outputs.
 *
 * A new field is a new minor version and breaks nobody; a field that goes or changes its meaning, or a new value where the
 * contract lists all of them, is a new major version, which an older reader refuses by name instead of misreading it.
 */
export const contractVersion = "1.2.0";
