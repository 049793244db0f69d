// Sources → one executable. Knows how kscli is bundled, and not for whom.

import { join } from 'node:path';
import type { BunPlugin } from 'bun';
import type { Notice } from './notices.ts';
import type { Target } from './targets.ts';

export type Identity = { readonly version: string; readonly commit: string };

export type Compilation = Identity & {
  /** The repository. */
  readonly root: string;
  /** Its base name is part of what is hashed into the binary, so it is always `kscli`; the directory is not. */
  readonly outfile: string;
  /** What `kscli licenses` shows. */
  readonly notices: readonly Notice[];
  /** Absent: the runtime that runs this build. */
  readonly runtime?: { readonly target: Target['compile']; readonly executable: string };
};

/** @throws Error with all that Bun logs: a build that logs anything is not to be trusted, success or not. */
export async function compile(compilation: Compilation): Promise<void> {
  const { root, outfile, version, commit, notices, runtime } = compilation;
  const result = await Bun.build({
    entrypoints: [join(root, 'src/cli.ts')],
    format: 'esm',
    splitting: true,
    minify: true,
    bytecode: true,
    plugins: [builtinStringWidth],
    define: {
      KSCLI_VERSION: JSON.stringify(version),
      KSCLI_COMMIT: JSON.stringify(commit),
      KSCLI_NOTICES: JSON.stringify(JSON.stringify(notices)),
    },
    compile: {
      outfile,
      ...(runtime && { target: runtime.target, executablePath: runtime.executable }),
      // What lies in the current directory is none of the binary's business.
      autoloadDotenv: false,
      autoloadBunfig: false,
      autoloadPackageJson: false,
      autoloadTsconfig: false,
    },
  });
  if (!result.success || result.logs.length > 0) throw new Error(result.logs.join('\n') || 'the build failed');
}

/**
 * cli-table3 asks string-width, whose pattern of all emoji takes a millisecond to compile at each start. The runtime
 * measures the same by itself.
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
