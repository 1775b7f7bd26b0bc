// @ts-check
import { readFileSync } from 'node:fs';

/**
 * The most memory that a process ever held, where the system says so. What `process.resourceUsage` says begins with what the parent held.
 *
 * @param {number | 'self' | undefined} pid
 */
export function mostBytes(pid) {
  try {
    const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
