"""API Gateway: a stage can be changed."""
import json
from urllib.parse import unquote

from moto.apigatewayv2 import responses

from patching import add


def apply():
    def update_stage(self):
        api_id, name = self.path.split("/")[-3], unquote(self.path.split("/")[-1])
        stage = self.apigatewayv2_backend.get_stage(api_id, name)
        created, tags = stage.created, stage.tags
        stage.__init__(api=self.apigatewayv2_backend.get_api(api_id), config={**stage.config, **json.loads(self.body)})
        stage.created, stage.tags = created, tags
        return 200, {}, json.dumps(stage.to_json())

    add(responses.ApiGatewayV2Response, update_stage)
