/** What every page has: the search, the incident that is open, and which dates are over. One script, since each costs a request. */
import './incident.ts';
import './overdue.ts';
import './search.ts';
