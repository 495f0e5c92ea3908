// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IRecognitionPolicy} from "./interfaces/IRecognitionPolicy.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

contract RecognitionPolicyTest is Deployment {
    bytes32 private constant DELTA = unicode"长三角";

    // Rules

    function test_anAddedRuleIsKeptAsItsHashAndToldInFull() public {
        IRecognitionPolicy.Rule memory rule = _rule(SANYA);
        vm.expectEmit(address(policy));
        emit IRecognitionPolicy.RuleAdded(1, SANYA, TYPE, rule, CITY, 1);
        vm.assertEq(_add(CITY, rule), 1);

        vm.assertEq(policy.ruleHashOf(1), keccak256(abi.encode(rule)));
        vm.assertEq(policy.sequence(), 1);
    }

    function test_rulesAreNumberedFromOne() public {
        vm.assertEq(_add(CITY, _rule(SANYA)), 1);
        vm.assertEq(_add(PROVINCE, _rule(HAINAN)), 2);
        vm.assertEq(_add(NATION, _rule(COUNTRY)), 3);
        vm.assertEq(policy.ruleHashOf(0), 0);
        vm.assertEq(policy.ruleHashOf(4), 0);
    }

    function test_theAuthoritiesAboveARegionAddItsRules() public {
        _add(PROVINCE, _rule(SANYA));
        _add(NATION, _rule(SANYA));
    }

    function test_nobodyElseAddsARegionsRules() public {
        _refuseToAdd(DISTRICT, SANYA);
        _refuseToAdd(NEIGHBOUR_CITY, SANYA);
        _refuseToAdd(NEIGHBOUR_PROVINCE, SANYA);
        _refuseToAdd(STRANGER, SANYA);
        _refuseToAdd(PROVINCE, COUNTRY);
    }

    function test_theRecognisedRegionHasNoSayInARule() public {
        IRecognitionPolicy.Rule memory rule = _rule(SANYA);
        rule.recognised = GUANGDONG;
        _expectUnauthorised(NEIGHBOUR_PROVINCE, SANYA);
        _add(NEIGHBOUR_PROVINCE, rule);
    }

    function test_aRuleWithAnInvalidRegionIsRefused() public {
        IRecognitionPolicy.Rule memory rule = _rule(460001);
        _expectInvalidRegion(460001);
        _add(NATION, rule);

        rule = _rule(SANYA);
        rule.recognised = 44;
        _expectInvalidRegion(44);
        _add(NATION, rule);
    }

    function test_aRuleNamesAGroupThatExists() public {
        IRecognitionPolicy.Rule memory rule = _rule(SANYA);
        rule.group = DELTA;
        rule.recognised = 0;
        _expectUnknownGroup(DELTA);
        _add(CITY, rule);

        _define(DELTA);
        vm.assertEq(_add(CITY, rule), 1);
    }

    function test_aRuleDoesNotNameARegionAndAGroup() public {
        _define(DELTA);
        IRecognitionPolicy.Rule memory rule = _rule(SANYA);
        rule.group = DELTA;
        vm.expectRevert(
            abi.encodeWithSelector(
                IRecognitionPolicy.RecognitionPolicyAmbiguousRecognised.selector,
                GUANGDONG,
                DELTA
            )
        );
        _add(CITY, rule);
    }

    function test_theLeastAssuranceIsAtMostFour() public {
        IRecognitionPolicy.Rule memory rule = _rule(SANYA);
        for (uint8 level = 0; level <= 4; level++) {
            rule.leastAssurance = level;
            _add(CITY, rule);
        }
        rule.leastAssurance = 5;
        vm.expectRevert(
            abi.encodeWithSelector(
                IRecognitionPolicy.RecognitionPolicyInvalidAssurance.selector,
                uint8(5)
            )
        );
        _add(CITY, rule);
    }

    function test_aRuleEndsAfterItStartsOrNever() public {
        IRecognitionPolicy.Rule memory rule = _rule(SANYA);
        rule.validUntil = 0;
        _add(CITY, rule);
        _refuseWindow(rule, NOW);
        _refuseWindow(rule, NOW - 1);
    }

    function test_anEndedRuleHasNoHash() public {
        _add(CITY, _rule(SANYA));
        vm.expectEmit(address(policy));
        emit IRecognitionPolicy.RuleEnded(1, BASIS, PROVINCE, 2);
        _end(PROVINCE, 1);
        vm.assertEq(policy.ruleHashOf(1), 0);
    }

    function test_aRuleEndsOnce() public {
        _add(CITY, _rule(SANYA));
        _end(CITY, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IRecognitionPolicy.RecognitionPolicyRuleEnded.selector,
                uint64(1)
            )
        );
        _end(CITY, 1);
    }

    function test_anUnknownRuleIsNotEnded() public {
        _expectUnknownRule(0);
        _end(NATION, 0);
        _expectUnknownRule(1);
        _end(NATION, 1);
    }

    function test_onlyAnAuthorityOverTheRecognisingRegionEndsItsRule() public {
        _add(CITY, _rule(SANYA));
        address[4] memory others = [DISTRICT, NEIGHBOUR_CITY, NEIGHBOUR_PROVINCE, STRANGER];
        for (uint256 i = 0; i < others.length; i++) {
            _expectUnauthorised(others[i], SANYA);
            _end(others[i], 1);
        }
        _end(CITY, 1);
    }

    function test_everyEffectAndServiceItemIsPartOfTheHash() public {
        IRecognitionPolicy.Rule memory rule = _rule(SANYA);
        for (uint8 effect = 0; effect < 4; effect++) {
            rule.effect = IRecognitionPolicy.Effect(effect);
            uint64 id = _add(CITY, rule);
            vm.assertEq(policy.ruleHashOf(id), keccak256(abi.encode(rule)));
        }
        bytes32 withItems = policy.ruleHashOf(4);
        rule.serviceItems = new string[](0);
        vm.assertTrue(policy.ruleHashOf(_add(CITY, rule)) != withItems);
    }

    // Groups

    function test_aGroupIsDefinedAndDefinedAnew() public {
        uint24[] memory regions = _regions();
        vm.expectEmit(address(policy));
        emit IRecognitionPolicy.GroupDefined(DELTA, regions, BASIS, NATION, 1);
        _define(DELTA);
        vm.expectEmit(address(policy));
        emit IRecognitionPolicy.GroupDefined(DELTA, regions, BASIS, NATION, 2);
        _define(DELTA);
    }

    function test_onlyTheNationalAuthorityDefinesAGroup() public {
        _expectUnauthorised(PROVINCE, COUNTRY);
        vm.prank(PROVINCE);
        policy.defineGroup(DELTA, _regions(), BASIS);
    }

    function test_aGroupNeedsAName() public {
        _expectUnknownGroup(0);
        _define(0);
    }

    function test_aGroupNeedsRegions() public {
        vm.expectRevert(
            abi.encodeWithSelector(IRecognitionPolicy.RecognitionPolicyEmptyGroup.selector, DELTA)
        );
        vm.prank(NATION);
        policy.defineGroup(DELTA, new uint24[](0), BASIS);
    }

    function test_aGroupsRegionsAreValid() public {
        uint24[] memory regions = _regions();
        regions[1] = 123;
        _expectInvalidRegion(123);
        vm.prank(NATION);
        policy.defineGroup(DELTA, regions, BASIS);
    }

    function _rule(uint24 recognising) private view returns (IRecognitionPolicy.Rule memory rule) {
        rule.recognising = recognising;
        rule.recognised = GUANGDONG;
        rule.certificateType = TYPE;
        rule.serviceItems = new string[](1);
        rule.serviceItems[0] = unicode"企业开办";
        rule.leastAssurance = 3;
        rule.maxStatusAge = 3600;
        rule.validFrom = NOW;
        rule.validUntil = NOW + 365 days;
        rule.effect = IRecognitionPolicy.Effect.Conditional;
        rule.condition = unicode"须核对原件";
        rule.basis = BASIS;
    }

    function _regions() private pure returns (uint24[] memory regions) {
        regions = new uint24[](2);
        regions[0] = HAINAN;
        regions[1] = GUANGDONG;
    }

    function _add(address caller, IRecognitionPolicy.Rule memory rule) private returns (uint64) {
        vm.prank(caller);
        return policy.addRule(rule);
    }

    function _end(address caller, uint64 ruleId) private {
        vm.prank(caller);
        policy.endRule(ruleId, BASIS);
    }

    function _define(bytes32 group) private {
        vm.prank(NATION);
        policy.defineGroup(group, _regions(), BASIS);
    }

    function _refuseToAdd(address caller, uint24 recognising) private {
        IRecognitionPolicy.Rule memory rule = _rule(recognising);
        _expectUnauthorised(caller, recognising);
        _add(caller, rule);
    }

    function _refuseWindow(IRecognitionPolicy.Rule memory rule, uint64 validUntil) private {
        rule.validUntil = validUntil;
        vm.expectRevert(
            abi.encodeWithSelector(
                IRecognitionPolicy.RecognitionPolicyInvalidWindow.selector,
                NOW,
                validUntil
            )
        );
        _add(CITY, rule);
    }

    function _expectInvalidRegion(uint24 region) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IRecognitionPolicy.RecognitionPolicyInvalidRegion.selector,
                region
            )
        );
    }

    function _expectUnknownGroup(bytes32 group) private {
        vm.expectRevert(
            abi.encodeWithSelector(IRecognitionPolicy.RecognitionPolicyUnknownGroup.selector, group)
        );
    }

    function _expectUnknownRule(uint64 ruleId) private {
        vm.expectRevert(
            abi.encodeWithSelector(IRecognitionPolicy.RecognitionPolicyUnknownRule.selector, ruleId)
        );
    }
}
