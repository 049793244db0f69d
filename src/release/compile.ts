// Compiles the sources into one executable, for the machine of the build or for another.

import { join } from 'node:path';
import type { BunPlugin } from 'bun';
import type { Notice } from './notices.ts';
import type { Target } from './targets.ts';

export type Identity = { readonly version: string; readonly commit: string };

export type Compilation = Identity & {
  /** The repository. */
  readonly root: string;
  /** The base name is always `kscli`, because the bytes of the binary depend on it; they do not on the directory. */
  readonly outfile: string;
  /** The machine that it is for, as the archive is called. */
  readonly target: Target['name'];
  /** The data of `kscli licenses`. */
  readonly notices: readonly Notice[];
  /** The lines of `kscli agent-help`, and its data. */
  readonly usages: readonly string[];
  readonly details: readonly object[];
  /** Without it, the runtime that runs this build. */
  readonly runtime?: { readonly target: Target['compile']; readonly executable: string };
};

/** @throws Error with all that Bun logs: a build that logs anything is not to be trusted, success or not. */
export async function compile(compilation: Compilation): Promise<void> {
  const { root, outfile, version, commit, target, notices, usages, details, runtime } = compilation;
  const result = await Bun.build({
    entrypoints: [join(root, 'src/cli.ts')],
    format: 'esm',
    splitting: true,
    minify: true,
    bytecode: true,
    plugins: [builtinStringWidth, wordsForCitty],
    define: {
      KSCLI_VERSION: JSON.stringify(version),
      KSCLI_COMMIT: JSON.stringify(commit),
      KSCLI_TARGET: JSON.stringify(target),
      KSCLI_NOTICES: JSON.stringify(JSON.stringify(notices)),
      KSCLI_USAGES: JSON.stringify(usages.join('\n')),
      KSCLI_DETAILS: JSON.stringify(JSON.stringify(details)),
    },
    compile: {
      outfile,
      // Most commands end before compiled code pays: 2 ms of processor time less for each. Long lists set it back.
      jitPolicy: 10,
      ...(runtime && { target: runtime.target, executablePath: runtime.executable }),
      // Files in the directory where kscli is called must not change what it does.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadPackageJson: false,
      autoloadTsconfig: false,
    },
  });
  if (!result.success || result.logs.length > 0) throw new Error(result.logs.join('\n') || 'the build failed');
}

/**
 * cli-table3 needs string-width, whose pattern of all emoji takes a millisecond to compile at each start. The runtime
 * has the same function built in.
 */
const builtinStringWidth: BunPlugin = {
  name: 'builtin-string-width',
  setup: (build) => {
    build.onLoad({ filter: /[/\\]string-width[/\\]index\.js$/ }, () => ({
      contents: 'module.exports = Bun.stringWidth;',
      loader: 'js',
    }));
  },
};

/** citty gets words without options, see argv/route.ts: for these it needs no node:util, which takes long to load. */
const wordsForCitty: BunPlugin = {
  name: 'words-for-citty',
  setup: (build) => {
    build.onLoad({ filter: /[/\\]citty[/\\]dist[/\\]index\.mjs$/ }, async ({ path }) => {
      const text = await Bun.file(path).text();
      const contents = text.replace(
        'import { parseArgs as parseArgs$1 } from "node:util";',
        () => 'const parseArgs$1 = ({ args }) => ({ values: {}, positionals: args });',
      );
      if (contents === text) throw new Error(`${path} does not import parseArgs as it used to`);
      return { contents, loader: 'js' };
    });
  },
};
