import { bundle, checkBundle, milliseconds } from "./certificateBundles";

// The first check of a process, by itself: it also loads the libraries that parse certificates.
console.log(milliseconds(() => checkBundle(bundle)));
