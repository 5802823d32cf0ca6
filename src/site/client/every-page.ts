/** What every page has: the search, and the incident that is open. One script, since each costs a request. */

import './search.ts';
import './incident.ts';
