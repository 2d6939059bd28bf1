// The SharedWorker of one session's windows.

import {StreamHub} from './stream-hub.js';

const hub = new StreamHub();
self.onconnect = ({ports: [port]}) => hub.connect(port);
