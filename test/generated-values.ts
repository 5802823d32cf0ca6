/**
 * Property tests take the same values on every machine, so that a red run is the fault of the change that it runs on.
 * `SEED=random npm exec -- vitest run` takes others, to look for more.
 */
import fc from 'fast-check';

const seed = process.env['SEED'] ?? '20261124';
fc.configureGlobal(seed === 'random' ? {} : { seed: Number(seed) });
