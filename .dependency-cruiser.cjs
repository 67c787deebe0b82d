/**
 * Who may import whom, as the README's table of rooms says. Run by `npm run rooms`; test/unit/rooms plants a bad import of
 * each kind to show that it is found.
 */
const room = (name, from, forbidden, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: forbidden },
});

/** A folder of main/ shows one index.ts (and its types) to the others. */
const rooms =
  'database|ledger|vault|outbox|submissions|network|providers|sync|capture|folder|scanning|inspection|installation|practice|reports|separators|settings|logging|policy|supervision';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { pathNot: '^test/' }, to: { circular: true } },
    {
      name: 'no-cycles-at-run-time',
      comment: 'the host mirrors classes of Electron whose types name each other',
      severity: 'error',
      from: { path: '^test/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron|\\?|^virtual:' },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared/ may import zod and itself',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: '^shared/|node_modules/zod/' },
    },
    room(
      'renderer-is-sandboxed',
      '^renderer/',
      '^main/|^scripts/|^test/|node_modules/electron/',
      'browser APIs and shared/ only',
    ),
    {
      name: 'renderer-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: 'vite\\.config' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-stand-alone',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'preload-forwards-only',
      severity: 'error',
      from: { path: '^main/preload/' },
      to: { pathNot: '^main/preload/|^shared/|electron' },
    },
    {
      name: 'electron-in-two-rooms',
      comment: "'electron' is imported by main/electron, main/ipc, main/preload and the entry only",
      severity: 'error',
      from: { path: '^main/', pathNot: '^main/(electron|ipc|preload)/|^main/index\\.ts$' },
      to: { path: 'node_modules/electron/|^electron$' },
    },
    {
      name: 'sqlite-in-one-room',
      severity: 'error',
      from: { path: '^(main|renderer|shared)/', pathNot: '^main/database/' },
      to: { path: 'better-sqlite3' },
    },
    room('database-is-the-bottom', '^main/database/', '^main/(?!database/|logging/)', 'nothing above it'),
    room('ledger-on-database', '^main/ledger/', '^main/(?!ledger/|database/)', 'database only'),
    room('outbox-knows-no-network', '^main/outbox/', '^main/(?!outbox/|database/|ledger/)', 'no HTTP, no provider'),
    room(
      'submissions-on-ledger',
      '^main/submissions/',
      '^main/(?!submissions/|database/|ledger/)',
      'database and ledger',
    ),
    room(
      'installation-on-outbox',
      '^main/installation/',
      '^main/(?!installation/|database/|ledger/|logging/|outbox/)',
      'no window, no network',
    ),
    room('policy-alone', '^main/policy/', '^main/(?!policy/)', 'what the administrator laid down, without the app'),
    room(
      'supervision-knows-no-customer',
      '^main/supervision/',
      '^main/(?!supervision/|policy/|database/|ledger/|logging/|settings/|vault/)',
      'who may; what is done is passed on to whoever does it',
    ),
    room('network-alone', '^main/network/', '^main/(?!network/)', 'a port knows nothing of the app'),
    room('providers-on-network', '^main/providers/', '^main/(?!providers/|network/)', 'no database, no outbox'),
    room(
      'sync-knows-no-window',
      '^main/sync/',
      '^main/(ipc|electron|scanning|capture|practice|headless)/',
      'never ipc, electron, scanning',
    ),
    room(
      'capture-knows-no-network',
      '^main/capture/',
      '^main/(sync|ipc|electron|network/undici|practice|headless)',
      'never sync, ipc',
    ),
    room(
      'scanning-knows-no-customer',
      '^main/scanning/',
      '^main/(?!scanning/|inspection/|logging/|network/)',
      'devices, page files and the port to the network; who takes the pages in is passed to it',
    ),
    {
      name: 'loaded-on-demand',
      comment: 'what only a network scanner needs does not load at every start of the app: `await import(…)`',
      severity: 'error',
      from: { path: '^main/' },
      to: {
        path: '^main/scanning/escl/parse-xml|node_modules/bonjour-service/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    room(
      'xml-in-one-file',
      '^main/(?!scanning/escl/parse-xml)',
      'node_modules/fast-xml-parser/',
      'the parser is loaded on demand, with that file',
    ),
    room('separators-alone', '^main/separators/', '^main/(?!separators/)', 'paper, without a customer'),
    room('handlers-call-services', '^main/ipc/', '^main/(database|outbox|vault|ledger)/', 'services, not the database'),
    room(
      'practice-is-a-stranger',
      '^main/practice/',
      '^main/(?!practice/|database/|logging/)',
      'it must not share code with the clients it tests',
    ),
    room('nobody-knows-the-host', '^(main|renderer|shared)/', '^test/', 'the host and the tests are equipment'),
    {
      name: 'one-index-per-room',
      severity: 'error',
      from: { path: `^main/(${rooms}|ipc|electron|headless|app|index\\.ts)`, pathNot: '/worker\\.ts$' },
      to: { path: `^main/(${rooms})/`, pathNot: `^main/[^/]+/(index|types|port)\\.ts$|^main/$1/` },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
