// Builds ../bundle: the code, the licences of what is in it, and a manifest of hashes.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "bundle");

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.jsx"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  loader: { ".css": "text" },
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  banner: { js: "/* Built from components/canvas/frontend; licences: LICENCES.txt */" },
  write: false,
  metafile: true,
});

const packages = new Set();
for (const input of Object.keys(result.metafile.inputs)) {
  const found = input.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const licences = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "(no licence file)";
  return `${name} ${version} (${license})\n\n${text}\n`.replaceAll("\r\n", "\n");
});

const sources = ["build.mjs", "package-lock.json", "package.json"].concat(
  readdirSync(join(here, "src")).sort().map((name) => `src/${name}`),
);
const sha = (bytes) =>
  createHash("sha256")
    .update(Buffer.from(bytes).toString("utf8").replaceAll("\r\n", "\n"))
    .digest("hex");
const files = {
  "LICENCES.txt": licences.join(`\n${"-".repeat(80)}\n\n`),
  "canvas.js": result.outputFiles[0].text,
};
const manifest = {
  bundle: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha(text)])),
  sources: Object.fromEntries(sources.map((name) => [name, sha(readFileSync(join(here, name)))])),
};
if (!existsSync(out)) mkdirSync(out);
for (const [name, text] of Object.entries(files)) writeFileSync(join(out, name), text);
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(`canvas.js: ${files["canvas.js"].length} characters, ${packages.size} packages`);
