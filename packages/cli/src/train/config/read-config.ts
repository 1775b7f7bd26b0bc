import { basename } from 'node:path';
import { AtrousError } from '@atrous/core';
import * as v from 'valibot';
import { readJson } from '../../files/read-json.ts';
import { mergeSettings, type Settings } from '../../parse-setting.ts';
import { trainConfigSchema, type TrainConfig } from './config-schema.ts';

/** A configuration that cannot be meant. Exit code 2. */
export class ConfigError extends AtrousError {
  constructor(message: string, hint?: string) {
    super(message, { code: 'TRAIN_CONFIG', hint });
  }
}

type Issue = v.InferIssue<typeof trainConfigSchema>;

/** `expected >=1, got 0`: the part of a message that a person needs. */
function reasonOf({ type, expected, received, message }: Issue): string {
  if (type === 'strict_object' && expected === 'never') return 'there is no such option';
  if (type === 'strict_tuple' && expected === 'never') return 'there are too many numbers';
  if (received === 'undefined') return 'it is missing';
  return message.replace(/^Invalid \w+: Expected (.+) but received (.+)$/s, 'expected $1, got $2');
}

function configError(path: string, [issue]: readonly [Issue, ...Issue[]]): ConfigError {
  const field = v.getDotPath(issue);
  return new ConfigError(
    `${path}: ${field === null ? '' : `${field}: `}${reasonOf(issue)}`,
    '`atrous train --help` shows a whole file; docs/guides/training.md lists every option',
  );
}

const isObject = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads and checks the configuration of a training run.
 *
 * @param path of a JSON file.
 * @param overrides what flags replace, laid over the file.
 * @throws DataError when the file cannot be read or is not JSON.
 * @throws ConfigError naming the first field that is wrong, what it is and what was expected.
 */
export async function readTrainConfig(
  path: string,
  overrides: Settings = {},
): Promise<TrainConfig & { readonly name: string }> {
  const content = await readJson(path);
  if (!isObject(content)) throw new ConfigError(`${path} holds no object`, 'it begins with { "network": …');
  const result = v.safeParse(trainConfigSchema, mergeSettings(content, overrides));
  if (!result.success) throw configError(path, result.issues);
  return { ...result.output, name: result.output.name ?? basename(path, '.json') };
}
