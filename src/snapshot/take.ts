// A snapshot from its mark to its manifest: what is read when, and what the manifest says of it.

import { join } from 'node:path';
import type { Level } from '../access/subject.ts';
import type { Identity } from '../auth/identity.ts';
import type { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { Failure } from '../errors.ts';
import { createOwnFile, readLinesOf } from '../files/own-file.ts';
import { formatJson } from '../json/format.ts';
import { parseJson } from '../json/parse.ts';
import { asRecord, type JsonObject } from '../json/value.ts';
import { ownVersion } from '../version.ts';
import { closeDirectory, type Directory, MANIFEST, makeDirectory, markDirectory, onDisk } from './directory.ts';
import { createFiles, fileOf, type Kind, type Written } from './files.ts';
import { readPermissions } from './permissions.ts';
import { createReader } from './reader.ts';
import { readTree } from './tree.ts';
import { readVersions } from './versions.ts';

/** @property under the folder or document to begin at @property hasContent the contents of versions too */
export type Wish = {
  readonly directory: Directory;
  readonly under: Level | undefined;
  readonly hasContent: boolean;
  readonly session: Session;
  readonly context: Context;
};

export type Taken = { readonly files: readonly Written[]; readonly hasChanged: boolean };

/** All that changes from run to run though nothing else does. */
const RUN = 'run.json';

/** @throws Failure of any kind; the directory then has no manifest */
export async function takeSnapshot(wish: Wish): Promise<Taken> {
  const { directory, context } = wish;
  const notice = `${directory.typed} holds a part of the snapshot, without ${MANIFEST}. Remove it, and take it again.`;
  context.world.onInterrupt(() => [context.log.present(notice)]);
  makeDirectory(directory);
  try {
    markDirectory(directory);
    return await fill(wish);
  } catch (error) {
    if (error instanceof Failure) error.lines.push(notice);
    throw error;
  } finally {
    await context.log.status(undefined);
  }
}

async function fill({ directory, under, hasContent, session, context }: Wish): Promise<Taken> {
  const identity = await session.identity();
  const begun = context.world.now();
  const files = createFiles(directory);
  const reader = createReader(session, files, context);
  const written: Written[] = [];
  let hasMoved = false;
  const end = (kind: Kind) => {
    const file = files.end(kind);
    // A row that came twice has moved to a later page, and another one may have moved to an earlier one.
    if (file.rows < files.count(kind)) hasMoved = true;
    written.push(file);
  };
  await readPermissions(identity, reader);
  await readTree(under, reader);
  end('tree');
  await readVersions(listDocuments(directory), hasContent, reader);
  end('versions');
  if (hasContent) end('contents');
  end('permissions');
  end('unseen');
  const taken = { files: written, hasChanged: hasMoved || reader.hasChanged() };
  writeRun(directory, describeRun(begun, taken, identity, session, context));
  closeDirectory(directory, `${formatJson(describe(under, hasContent, written))}\n`);
  return taken;
}

/** Read again from the file: it may be longer than memory. */
function* listDocuments({ path, typed }: Directory): Generator<JsonObject> {
  const lines = readLinesOf(join(path, fileOf('tree')));
  for (let next = onDisk(typed, () => lines.next()); !next.done; next = onDisk(typed, () => lines.next())) {
    const row = asRecord(parseJson(next.value));
    if (row['part_type'] === 'DOCUMENT') yield row;
  }
}

function describeRun(
  begun: number,
  { hasChanged }: Taken,
  { tenantId, userId }: Identity,
  { baseUrl, name }: Session,
  { world }: Context,
): JsonObject {
  return {
    kscli: ownVersion(),
    begun: new Date(begun).toISOString(),
    ended: new Date(world.now()).toISOString(),
    base_url: baseUrl,
    tenant_id: tenantId,
    user_id: userId,
    session: name ?? null,
    changed_meanwhile: hasChanged,
  };
}

function writeRun({ path, typed }: Directory, run: JsonObject): void {
  onDisk(typed, () => {
    const file = createOwnFile(join(path, RUN));
    file.write(`${formatJson(run)}\n`);
    file.end();
  });
}

function describe(under: Level | undefined, hasContent: boolean, files: readonly Written[]): JsonObject {
  return {
    snapshot: 1,
    under: under ? { path_part_id: under.pathPartId, materialized_path: under.path ?? null } : null,
    content: hasContent,
    files: files.map(({ name, rows, bytes, sha256 }) => ({ name, rows, bytes, sha256 })),
  };
}
