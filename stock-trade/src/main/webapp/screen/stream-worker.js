// The SharedWorker that all windows of a session share.

import {StreamHub} from './stream-hub.js';

const hub = new StreamHub();
self.onconnect = ({ports: [port]}) => hub.connect(port);
