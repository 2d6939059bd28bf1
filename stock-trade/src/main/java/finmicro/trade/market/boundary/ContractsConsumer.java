package finmicro.trade.market.boundary;

import finmicro.common.json.StrictJson;
import finmicro.common.messaging.MessageHandler;
import finmicro.common.messaging.Received;
import finmicro.trade.order.control.FillDesk;
import finmicro.trade.order.entity.ContractMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Consumes the market's results from {@code stock-contract-trades-que}, one transaction per batch. */
@ApplicationScoped
public class ContractsConsumer implements MessageHandler<ContractMessage> {

    private final StrictJson json;
    private final FillDesk desk;

    @Inject
    public ContractsConsumer(StrictJson json, FillDesk desk) {
        this.json = json;
        this.desk = desk;
    }

    @Override
    public ContractMessage read(String body) {
        return json.read(body, ContractMessage.class);
    }

    @Override
    public OptionalLong tradeNo(ContractMessage result) {
        return OptionalLong.of(result.tradeNo());
    }

    @Override
    @Transactional
    public Map<Received<ContractMessage>, String> handle(List<Received<ContractMessage>> messages) {
        return desk.record(messages);
    }
}
