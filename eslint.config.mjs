import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Which folder may import which other one; what is not listed is refused. Held here so that nobody has to remember. */
const directions = {
    rules: [],
    config: ["rules"],
    components: ["rules", "config"],
    outputs: ["rules"],
    policies: ["rules"],
    verify: ["rules", "outputs"],
    commands: ["rules", "policies", "outputs", "sandbox", "verify"],
    sandbox: ["rules"],
    program: ["index.ts"],
};

const zones = Object.entries(directions).map(([folder, allowed]) => ({
    target: `./${folder}`,
    from: "./",
    except: ["node_modules", folder, ...allowed, "tools/typescript.cjs"].map((name) => `./${name}`),
    message: `${folder}/ may import ${[...allowed, "nothing else of this project"].join(", ")}; see docs/architecture.md`,
}));

export default tseslint.config(
    { ignores: ["**/node_modules/", ".sandbox/", "dist/"] },
    ...tseslint.configs.recommended,
    {
        files: ["**/*.{ts,js,cjs,mjs}"],
        plugins: { "import-x": importX },
        rules: {
            "import-x/no-restricted-paths": ["error", { zones }],
            "import-x/no-cycle": "error",
            eqeqeq: "error",
            "no-console": "off",
            "object-shorthand": "error",
            "prefer-const": "error",
            "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
            "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
        },
        settings: {
            "import-x/resolver": { node: { extensions: [".ts", ".js", ".cjs", ".mjs", ".json"] } },
            "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
        },
    },
    {
        files: ["**/*.{js,cjs}"],
        rules: { "@typescript-eslint/no-require-imports": "off" },
    },
    {
        files: ["rules/**/*.ts"],
        rules: {
            "no-restricted-imports": [
                "error",
                { patterns: [{ group: ["@pulumi/*"], message: "rules/ is pure: it knows nothing of Pulumi" }] },
            ],
        },
    },
    {
        files: ["tests/**/*.ts"],
        rules: { "@typescript-eslint/no-unused-expressions": "off", "@typescript-eslint/no-explicit-any": "off" },
    },
);
