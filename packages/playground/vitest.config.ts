import { mergeConfig } from 'vitest/config';
import shared from '../../tools/vitest.shared.ts';

// One browser at a time, after the projects that need none.
export default mergeConfig(shared, {
  test: { name: 'playground', fileParallelism: false, sequence: { groupOrder: 1 } },
});
