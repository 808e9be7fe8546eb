import { cpus } from 'node:os';

import { buildExtension } from '../../backend/demo/build-extension.ts';
import { benchBackend } from './backend-bench.ts';
import { popupSize } from './popup-size.ts';
import { benchWalk } from './walk-bench.ts';

console.log(
  `${new Date().toISOString()}  node ${process.version}  ${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}`,
);
const folder = await buildExtension();
console.log('\nWhat the popup loads');
console.table([popupSize(folder)]);
console.log('Time the backend adds to a verification, medians');
console.table([await benchBackend()]);
console.log('Hop-by-hop walk of six hops beside the browser’s own follow fetch, medians');
console.table(await benchWalk());
