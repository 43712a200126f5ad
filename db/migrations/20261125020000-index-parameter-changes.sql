-- Who changed a parameter is read from the audit; without this the question would walk through every action of the county.
create index action_parameter on action (county, (input->>'id'), at desc) where record_type = 'parameterChange';
